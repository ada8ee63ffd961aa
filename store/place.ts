import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What a command of the store was given. `uri` is that of the store at work on the folder, if one is. */
export interface Place {
  folder: string;
  given: string;
  uri: string | undefined;
}

/**
 * Runs a command of the form `npm run <name> -- <what> [--data <folder>]`; the folder of the product is the default.
 * What goes wrong is said in one line and ends with 1; a wrong use with 2.
 */
export async function command(
  name: string,
  what: string,
  run: (place: Place) => void | Promise<void>,
): Promise<void> {
  const say = (line: string, code: number): never => {
    process.stderr.write(`${line}\n`);
    process.exit(code);
  };
  const usage = `usage: npm run ${name} -- ${what} [--data <folder of the database>]`;
  try {
    const options = {
      data: { type: 'string', default: join(process.env.DATA_DIR ?? 'data', 'store') },
    } as const;
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    const [given, ...more] = positionals;
    if (given === undefined || more.length > 0) return say(usage, 2);
    const folder = resolve(values.data);
    await run({ folder, given, uri: atWork(folder) });
  } catch (error) {
    const wrongUse =
      error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
    say(
      wrongUse ? usage : `${name}: ${error instanceof Error ? error.message : String(error)}`,
      wrongUse ? 2 : 1,
    );
  }
}

/** The address a store left in its folder, while its process lives. */
function atWork(folder: string): string | undefined {
  const file = join(folder, 'store.pid');
  if (!existsSync(file)) return undefined;
  const [pid, uri] = readFileSync(file, 'utf8').split('\n');
  return existsSync(`/proc/${pid}`) || process.platform !== 'linux' ? uri || undefined : undefined;
}
