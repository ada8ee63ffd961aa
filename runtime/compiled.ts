import { join } from 'node:path';

/**
 * Where compiled modules are kept between starts. Beside the packages, where only who installs them writes: what lies
 * here is run as it is. A folder that cannot be written to costs nothing but the time. `main.js`, which reads no TypeScript,
 * has the same path.
 */
export const compiled = join(import.meta.dirname, '../node_modules/.cache/compiled');
