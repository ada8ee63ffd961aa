import { clock } from '../clock.ts';
import { StoreError } from '../storeError.ts';
import { Arr, type Doc, type Value } from '../values/value.ts';
import { doc } from '../values/build.ts';
import { writeBson } from '../values/writeBson.ts';

const FIRST_BATCH = 101;
const MOST_BYTES = 16 * 1024 * 1024;
const IDLE_MS = 600_000;

interface Cursor {
  ns: string;
  documents: Iterator<Doc>;
  /** Read ahead, but did not fit into the last batch. */
  held?: Doc;
  used: number;
  /** Asked for with `noCursorTimeout`: it stays open. */
  keep: boolean;
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
    options: { single?: boolean; keep?: boolean } = {},
  ): Doc {
    const cursor: Cursor = {
      ns,
      documents: documents[Symbol.iterator](),
      used: clock.now(),
      keep: options.keep ?? false,
    };
    const { batch, more } = this.#batch(cursor, batchSize ?? FIRST_BATCH);
    if (!more || options.single) return reply('firstBatch', batch, 0n, ns);
    this.#last += 1n;
    const id = (BigInt(clock.now()) << 20n) | (this.#last & 0xfffffn);
    this.#open.set(id, cursor);
    return reply('firstBatch', batch, id, ns);
  }

  /** @throws StoreError 43 CursorNotFound */
  next(id: bigint, ns: string, batchSize: number | undefined): Doc {
    const cursor = this.#open.get(id);
    if (!cursor) throw new StoreError(43, `cursor id ${id} not found`);
    if (cursor.ns !== ns)
      throw new StoreError(
        13,
        `Requested getMore on namespace '${ns}', but cursor belongs to a different namespace`,
      );
    cursor.used = clock.now();
    const { batch, more } = this.#batch(cursor, batchSize || Infinity);
    if (!more) this.#open.delete(id);
    return reply('nextBatch', batch, more ? id : 0n, ns);
  }

  kill(id: bigint): boolean {
    return this.#open.delete(id);
  }

  /** Closes the cursors of a dropped collection. */
  killAll(ns: string): void {
    for (const [id, cursor] of this.#open) if (cursor.ns === ns) this.#open.delete(id);
  }

  killIdle(now: number): void {
    for (const [id, cursor] of this.#open)
      if (!cursor.keep && now - cursor.used > IDLE_MS) this.#open.delete(id);
  }

  #batch(cursor: Cursor, size: number): { batch: Doc[]; more: boolean } {
    const batch: Doc[] = [];
    let bytes = 0;
    if (size === 0) return { batch, more: true };
    for (;;) {
      const step = cursor.held ? { done: false, value: cursor.held } : cursor.documents.next();
      cursor.held = undefined;
      if (step.done) return { batch, more: false };
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

function reply(name: string, batch: Value[], id: bigint, ns: string): Doc {
  return doc({ [name]: new Arr(batch), id, ns });
}
