import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The processes a product's parent has started, by what they are: `store`, `simulator`, `main` (the product). */
export function childrenOf(parent: number): Record<string, number> {
  const found: Record<string, number> = {};
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const [, ppid] = /^\d+ \(.*\) \w (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
      if (Number(ppid) !== parent) continue;
      const script = readFileSync(`/proc/${name}/cmdline`, 'utf8')
        .split('\0')
        .find((part) => part.endsWith('main.ts'));
      // Under the folder of the project, which may have any name itself.
      const [kind = ''] = relative(root, script ?? root).split('/');
      if (script) found[kind === 'main.ts' ? 'main' : kind] = Number(name);
    } catch {
      // It has ended in between.
    }
  }
  return found;
}
