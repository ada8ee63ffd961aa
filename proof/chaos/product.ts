import type { Api } from 'grammy';
import { z } from 'zod';
import type { Database } from '../../models/database.ts';
import { runProduct } from '../../product.ts';
import { readConfig } from '../../runtime/config.ts';
import { type KillPoint, killPoints } from './killPoints.ts';

/**
 * The product as it is, started by an entry of the experiment's own that knows its calls to the outside: told to, it
 * kills itself at one of them, as `kill -9` would just then. The product knows nothing of it.
 */
const order = z.object({ dieAt: z.string(), skip: z.number() });
let points: KillPoint[] = [];
let skip = 0;

process.on('message', (message) => {
  const parsed = order.safeParse(message);
  if (!parsed.success) return;
  points = killPoints[parsed.data.dieAt] ?? [];
  skip = parsed.data.skip;
});

/** Dies here when it was told to. */
function pass(call: string, side: KillPoint['side'], given: unknown): void {
  if (!points.some((point) => point.call === call && point.side === side && (point.about?.(given) ?? true)))
    return;
  skip -= 1;
  if (skip < 0) process.kill(process.pid, 'SIGKILL');
}

type Method = (...given: unknown[]) => unknown;

/** A collection whose calls are passed one by one; a cursor's end is the reading of it all. */
function watched(name: string, collection: object): object {
  return new Proxy(collection, {
    get(target, property, receiver) {
      const value: unknown = Reflect.get(target, property, receiver);
      if (typeof value !== 'function' || typeof property !== 'string') return value;
      const call = `${name}.${property}`;
      return (...given: unknown[]) => {
        pass(call, 'before', given);
        const answer = (value as Method).apply(target, given);
        if (answer instanceof Promise) return answer.finally(() => pass(call, 'after', given));
        return property === 'find' ? watchedCursor(call, answer as object) : answer;
      };
    },
  });
}

function watchedCursor(call: string, cursor: object): object {
  return new Proxy(cursor, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        const answer = (value as Method).apply(target, given);
        if (answer instanceof Promise) return answer.finally(() => pass(call, 'after', given));
        return answer === target ? watchedCursor(call, target) : answer;
      };
    },
  });
}

function database(db: Database): Database {
  const own = ['connection', 'close'];
  const entries = Object.entries(db).map(([name, value]: [string, unknown]) =>
    own.includes(name) ? [name, value] : [name, watched(name, value as object)],
  );
  return Object.fromEntries(entries) as Database;
}

function api(telegram: Api): void {
  telegram.config.use(async (next, method, payload, signal) => {
    pass(method, 'before', payload);
    const answer = await next(method, payload, signal);
    pass(method, 'after', payload);
    return answer;
  });
}

const settings = readConfig(process.env);
if (!settings.ok) throw new Error(settings.faults.join('; '));
await runProduct(settings.config, { database, api });
