import { type Doc } from '../values/value.ts';

/**
 * A command that is not to be answered yet. Without a reply it has nothing to say: it is asked again after every commit,
 * and for certain at `until`. With one, the reply leaves at `until`, and `release` is called.
 */
export class Later {
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly reply: { doc: Doc; release: () => void } | undefined;

  constructor(until: number, reply?: { doc: Doc; release: () => void }) {
    this.until = until;
    this.reply = reply;
  }
}
