import { lexiconsFor } from '../flows/lexiconsFor.ts';
import type { Member } from '../flows/member.ts';
import { type Moment, parseMoment } from '../flows/parseMoment.ts';
import type { Words } from '../runtime/words.ts';

/** A moment to come as a member typed it, in their own language and zone; or why it is none. */
export function readMoment(
  { words }: { words: Pick<Words, 'lexicon'> },
  { lang, zone }: Pick<Member, 'lang' | 'zone'>,
  text: string,
  now: number,
): Moment {
  return parseMoment(text, { now, zone, lexicons: lexiconsFor(words.lexicon, lang) });
}
