import type { Label, Params } from '../../../flows/effect.ts';
import type { Reader, Words } from '../../../runtime/words.ts';

/** A word of the members' pages for one reader: plain text, to be escaped where it stands. */
export interface Say {
  (key: string, params?: Params): string;
  /** Any other word. */
  label(label: Label): string;
}

/** The words of the members' pages. */
export function sayTo(words: Words, reader: Reader): Say {
  const label = (one: Label) => words.label(reader, one);
  const say = (key: string, params: Params = {}) => label({ key: `memberPage.${key}`, params });
  return Object.assign(say, { label });
}
