import type { Label, Params } from '../../../flows/effect.ts';
import type { Reader, Words } from '../../../runtime/words.ts';

/** Words for one reader, as plain text: to be escaped where they stand. */
export interface Say {
  (key: string, params?: Params): string;
  /** What is called otherwise than by a key alone: a vacancy, a stage. */
  label(label: Label): string;
}

/** Speak to a reader in their language and zone. */
export function sayTo(words: Words, reader: Reader): Say {
  const label = (one: Label) => words.label(reader, one);
  return Object.assign((key: string, params: Params = {}) => label({ key, params }), { label });
}
