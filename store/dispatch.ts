import { clock } from './clock.ts';
import { admin } from './commands/admin.ts';
import { checkFields } from './commands/checkFields.ts';
import { Input, type Command, type Context } from './commands/command.ts';
import { explain } from './commands/explain.ts';
import { handshake } from './commands/handshake.ts';
import { indexes } from './commands/indexes.ts';
import { reads } from './commands/reads.ts';
import { retried } from './commands/retries.ts';
import { writes } from './commands/writes.ts';
import { isSqlite } from './storage/trouble.ts';
import { StoreError } from './storeError.ts';
import { timeLimit } from './timeLimit.ts';
import { doc } from './values/build.ts';
import { Double, type Doc } from './values/value.ts';
import { Later } from './wire/later.ts';
import { type Answer } from './wire/server.ts';

const COMMANDS = new Map<string, Command>(
  Object.entries({ ...handshake, ...reads, ...writes, ...admin, ...indexes, ...explain }),
);
const WRITES = new Set(Object.keys(writes));
/** How much later, in milliseconds. */
const NEW_MS = 50;

/** Answers commands: every refusal becomes MongoDB's error reply; anything unexpected after a change ends the process. */
export function dispatch(context: Context): Answer {
  return (body, connection) => {
    const input = new Input(body, connection);
    const { database } = context.catalog;
    const changes = database.changes;
    try {
      const command = COMMANDS.get(input.name);
      if (!command) throw new StoreError(59, `no such command: '${input.name}'`);
      checkFields(command, input);
      // For getMore it says how long to wait, not how long to work.
      timeLimit.begin(input.name === 'getMore' ? undefined : input.count('maxTimeMS') || undefined);
      const run = (): Doc => doc({ ...command.run(input, context), ok: new Double(1) });
      return WRITES.has(input.name) ? written(context, input, () => retried(database, input, run)) : run();
    } catch (error) {
      if (error instanceof Later) return error;
      if (error instanceof StoreError) return failed(error);
      if (database.changes !== changes || isSqlite(error)) throw error;
      return failed(
        new StoreError(1, `store: a defect: ${error instanceof Error ? error.message : String(error)}`),
      );
    }
  };
}

/**
 * A write that makes a collection is confirmed a moment later than it is done, as in MongoDB: so a change stream asked
 * for beside the first insert tells that insert. Agenda's tests rely on it.
 */
function written({ catalog }: Context, input: Input, run: () => Doc): Doc | Later {
  if (catalog.find(input.ns)) return run();
  const release = catalog.feed.hold();
  try {
    const reply = run();
    if (catalog.find(input.ns)) return new Later(clock.now() + NEW_MS, { doc: reply, release });
    release();
    return reply;
  } catch (error) {
    release();
    throw error;
  }
}

const failed = ({ message, code, codeName, extra }: StoreError): Doc =>
  doc({ ok: new Double(0), errmsg: message, code, codeName, ...extra });
