import { clock } from '../clock.ts';
import { type Live } from '../aggregation/changeStream.ts';
import { StoreError } from '../storeError.ts';
import { timeLimit } from '../timeLimit.ts';
import { Arr, type Doc } from '../values/value.ts';
import { doc } from '../values/build.ts';
import { writeBson } from '../values/writeBson.ts';
import { Later } from '../wire/later.ts';

const FIRST_BATCH = 101;
const MOST_BYTES = 16 * 1024 * 1024;
const IDLE_MS = 600_000;
/** How long a change stream waits for something to tell. */
const AWAIT_MS = 1000;

interface Cursor {
  ns: string;
  documents: Iterator<Doc>;
  /** Read ahead, but did not fit into the last batch. */
  held?: Doc;
  used: number;
  /** What is left of the `maxTimeMS` it was opened with; time between batches does not count. */
  leftMs?: number;
  /** Asked for with `noCursorTimeout`: it stays open. */
  keep: boolean;
  /** Of a change stream: where documents keep coming from, and until when it is waited for them. */
  live?: Live;
  until?: number;
}

/** Open cursors. One that nobody asks for ten minutes is closed: https://www.mongodb.com/docs/manual/core/cursors/ */
export class Cursors {
  readonly #open = new Map<bigint, Cursor>();
  #last = 0n;

  /** The first batch; what is left stays under the id given back. */
  start(
    ns: string,
    documents: Iterable<Doc>,
    batchSize: number | undefined,
    options: { single?: boolean; keep?: boolean; live?: Live } = {},
  ): Doc {
    const cursor: Cursor = {
      ns,
      documents: documents[Symbol.iterator](),
      used: clock.now(),
      keep: options.keep ?? false,
      live: options.live,
    };
    const { batch, more } = this.#batch(cursor, batchSize ?? FIRST_BATCH);
    if (!more || options.single) {
      cursor.live?.close();
      return reply('firstBatch', batch, 0n, ns, cursor);
    }
    cursor.leftMs = timeLimit.left();
    this.#last += 1n;
    const id = (BigInt(clock.now()) << 20n) | (this.#last & 0xfffffn);
    this.#open.set(id, cursor);
    return reply('firstBatch', batch, id, ns, cursor);
  }

  /** @throws StoreError 43 CursorNotFound; Later when a change stream has nothing to tell yet */
  next(id: bigint, ns: string, batchSize: number | undefined, awaitMs?: number): Doc {
    const cursor = this.#open.get(id);
    if (!cursor) throw new StoreError(43, `cursor id ${id} not found`);
    if (cursor.ns !== ns)
      throw new StoreError(
        13,
        `Requested getMore on namespace '${ns}', but cursor belongs to a different namespace`,
      );
    if (!cursor.live && awaitMs !== undefined)
      throw new StoreError(2, 'cannot set maxTimeMS on getMore command for a non-awaitData cursor');
    cursor.used = clock.now();
    timeLimit.begin(cursor.leftMs);
    const { batch, more } = this.#batch(cursor, batchSize || Infinity);
    cursor.leftMs = timeLimit.left();
    if (cursor.live && more && batch.length === 0) {
      cursor.until ??= cursor.used + (awaitMs || AWAIT_MS);
      if (cursor.used < cursor.until) throw new Later(cursor.until);
    }
    cursor.until = undefined;
    if (!more) this.kill(id);
    return reply('nextBatch', batch, more ? id : 0n, ns, cursor);
  }

  kill(id: bigint): boolean {
    this.#open.get(id)?.live?.close();
    return this.#open.delete(id);
  }

  /** Closes the cursors of a dropped collection; its change streams have that to tell. */
  killAll(ns: string): void {
    for (const [id, cursor] of this.#open) if (cursor.ns === ns && !cursor.live) this.#open.delete(id);
  }

  killIdle(now: number): void {
    for (const [id, cursor] of this.#open) if (!cursor.keep && now - cursor.used > IDLE_MS) this.kill(id);
  }

  #batch(cursor: Cursor, size: number): { batch: Doc[]; more: boolean } {
    const batch: Doc[] = [];
    let bytes = 0;
    if (size === 0) return { batch, more: true };
    if (cursor.live) cursor.documents = cursor.live.read()[Symbol.iterator]();
    for (;;) {
      const step = cursor.held ? { done: false, value: cursor.held } : cursor.documents.next();
      cursor.held = undefined;
      if (step.done) return { batch, more: cursor.live ? !cursor.live.ended() : false };
      const found: Doc = step.value;
      found.bytes = writeBson(found);
      bytes += found.bytes.length;
      if (batch.length >= size || (batch.length > 0 && bytes > MOST_BYTES)) {
        cursor.held = found;
        return { batch, more: true };
      }
      batch.push(found);
    }
  }
}

function reply(name: string, batch: Doc[], id: bigint, ns: string, { live, held }: Cursor): Doc {
  const token = live && (held ? batch.at(-1)?.get('_id') : live.token());
  return doc({ [name]: new Arr(batch), id, ns, postBatchResumeToken: token });
}
