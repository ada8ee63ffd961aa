import { chmodSync, rmSync } from 'node:fs';
import { clock } from './clock.ts';
import { Cursors } from './commands/cursors.ts';
import { expire } from './expire.ts';
import { dispatch } from './dispatch.ts';
import { options, type Options } from './options.ts';
import { Catalog } from './storage/catalog.ts';
import { Database } from './storage/database.ts';
import { Damaged, explained } from './storage/trouble.ts';
import { server } from './wire/server.ts';

const MINUTE = 60_000;
/** Loopback and nothing else: the store asks nobody for a password. */
const HOST = '127.0.0.1';
/** The exit code that tells a parent that another start is of no use. */
const DAMAGED = 65;

/** Ends the process with a message: the parent starts a new one, which finds what was committed. */
function die(error: unknown): never {
  process.stderr.write(`store: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof Damaged ? DAMAGED : 1);
}

function start(given: Options): void {
  process.on('uncaughtException', (error) => die(explained(given.data, error)));
  // Unheeded, the signal of a size limit would end the process before SQLite sees the error and says it.
  process.on('SIGXFSZ', () => undefined);
  const database = new Database(given.data, given.cache);
  const catalog = new Catalog(database);
  const cursors = new Cursors();
  let address = '';
  const commit = (): void => database.commit();
  const listening = server(dispatch({ catalog, cursors, address: () => address }), commit);
  const end = (): never => {
    database.close();
    if (given.socket) rmSync(given.socket, { force: true });
    process.exit(0);
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('disconnect', end);
  clock.every(MINUTE, () => {
    cursors.killIdle(clock.now());
    expire(catalog, clock.now());
    commit();
  });
  listening.on('error', die);
  const ready = (): void => {
    const bound = listening.address();
    if (given.socket) chmodSync(given.socket, 0o600);
    address = bound && typeof bound === 'object' ? `${HOST}:${bound.port}` : (given.socket ?? '');
    const host = given.socket ? encodeURIComponent(given.socket) : address;
    const uri = `mongodb://${host}/recruiting?directConnection=true`;
    database.announce(uri);
    process.send?.({ ready: true, uri });
    process.stdout.write(`store ready ${uri}\n`);
  };
  if (given.socket) listening.listen(given.socket, ready);
  else listening.listen(given.port, HOST, ready);
}

try {
  start(options(process.argv.slice(2)));
} catch (error) {
  die(error);
}
