import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * The start of the start: what was compiled before is taken from where `runtime/compiled.ts` says, and the parent
 * process reads no TypeScript then. Node's stripper of types stays in memory once it was used, 18 MB of it; `main.ts`
 * itself would be too late to say so.
 */
enableCompileCache(join(import.meta.dirname, 'node_modules/.cache/compiled'));
await import('./main.ts');
