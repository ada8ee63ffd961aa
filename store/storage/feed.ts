import { clock } from '../clock.ts';
import { type Doc, type Value } from '../values/value.ts';

/** One change of the data, as change streams tell it. */
export interface Change {
  /** Its place among all changes; it grows, also over restarts. */
  at: number;
  kind: 'insert' | 'update' | 'replace' | 'delete' | 'drop';
  ns: string;
  /** Milliseconds since 1970. */
  time: number;
  id?: Value;
  before?: Doc;
  doc?: Doc;
  /** Where an update wrote. */
  paths?: readonly string[][];
}

const KEPT = 1000;
const KEPT_BYTES = 32 * 1024 * 1024;
const KEPT_MS = 600_000;

/**
 * The latest changes, kept in memory while somebody watches and ten minutes longer, so that a stream can be resumed.
 * What lies further back is gone, as in an oplog that is too short.
 */
export class Feed {
  /** The place no change of this process comes before. */
  readonly first = clock.now() * 1024;
  #kept: Change[] = [];
  #bytes = 0;
  #last = this.first;
  #held: number[] = [];
  #floor = this.first;
  #watchers = 0;
  #until = 0;

  /** The place of the latest change. */
  get last(): number {
    return this.#last;
  }

  /** Where a new stream begins: behind what is confirmed; it tells what was still being written when it was asked for. */
  get settled(): number {
    return Math.max(this.#floor, Math.min(this.#last, ...this.#held));
  }

  /** Says that what comes now is not confirmed yet; returns what ends that. */
  hold(): () => void {
    const at = this.#last;
    this.#held.push(at);
    return () => void this.#held.splice(this.#held.indexOf(at), 1);
  }

  /** Whether everything behind a place is still known. */
  reaches(at: number): boolean {
    return at >= this.#floor && at <= this.#last;
  }

  /** Keeps changes from now on; returns what ends it. */
  watch(): () => void {
    let open = true;
    this.#watchers += 1;
    return () => {
      if (open) this.#watchers -= 1;
      open = false;
      this.#until = clock.now() + KEPT_MS;
    };
  }

  /** The first change of a collection behind a place. */
  after(at: number, ns: string): Change | undefined {
    return this.#kept.find((change) => change.at > at && change.ns === ns);
  }

  add(kind: Change['kind'], ns: string, more: Pick<Change, 'id' | 'before' | 'doc' | 'paths'> = {}): void {
    this.#last += 1;
    if (!this.#open) {
      this.#kept.length = 0;
      this.#bytes = 0;
      this.#floor = this.#last;
      return;
    }
    this.#kept.push({ at: this.#last, kind, ns, time: clock.now(), ...more });
    this.#bytes += sizeOf(more);
    if (this.#kept.length > KEPT || this.#bytes > KEPT_BYTES) this.#forget(Math.ceil(this.#kept.length / 2));
  }

  get #open(): boolean {
    return this.#watchers > 0 || this.#held.length > 0 || (this.#until > 0 && clock.now() < this.#until);
  }

  #forget(count: number): void {
    for (const change of this.#kept.splice(0, count)) {
      this.#floor = change.at;
      this.#bytes -= sizeOf(change);
    }
  }
}

const sizeOf = ({ before, doc }: Pick<Change, 'before' | 'doc'>): number =>
  (before?.bytes?.length ?? 0) + (doc?.bytes?.length ?? 0);
