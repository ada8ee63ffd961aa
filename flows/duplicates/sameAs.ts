import type { Candidate } from '../candidate.ts';
import { areNamesakes } from './namesakes.ts';
import { nameWords } from './nameWords.ts';

/** By what two documents look like one person; the words are `same.sign.<sign>`. */
export type Sign = 'phone' | 'email' | 'messenger' | 'birthday' | 'namesake';

type Known = Pick<
  Candidate,
  | '_id'
  | 'name'
  | 'phone'
  | 'email'
  | 'username'
  | 'birthday'
  | 'city'
  | 'channels'
  | 'notSame'
  | 'applications'
  | 'also'
  | 'merged'
  | 'joined'
>;

/** What a person is found again by, as it stands in the index. */
export function marksOf(person: Known): string[] {
  const { email, username, birthday, also } = person;
  return [
    ...phonesOf(person).map((phone) => `p:${phone}`),
    ...[...(email ? [email] : []), ...(also?.emails ?? [])].map((one) => `e:${one}`),
    ...(username ? [`t:${username.toLowerCase()}`] : []),
    ...(birthday ? [`b:${birthday}`] : []),
  ];
}

/** The signs that two are one; none when somebody has said that they are not. */
export function sameAs(a: Known, b: Known): Sign[] {
  if (a._id === b._id || a.merged || b.merged || toldApart(a, b) || toldApart(b, a)) return [];
  const theirs = new Set(marksOf(b));
  const shared = new Set(
    marksOf(a)
      .filter((mark) => theirs.has(mark))
      .map((mark) => mark.slice(0, 2)),
  );
  return [
    ...(shared.has('p:') ? ['phone' as const] : []),
    ...(shared.has('e:') ? ['email' as const] : []),
    ...(shared.has('t:') ? ['messenger' as const] : []),
    // On one day many are born: the name has to be much the same, too.
    ...(shared.has('b:') && alikeNames(a.name, b.name) ? ['birthday' as const] : []),
    ...(areNamesakes(a, b) ? ['namesake' as const] : []),
  ];
}

/** Has somebody said it of the other, or of a card that was joined to it? */
function toldApart({ notSame = [] }: Known, other: Known): boolean {
  return [other._id, ...(other.joined ?? [])].some((id) => notSame.includes(id));
}

/** The number they gave, and the numbers of the messengers that are reached by one: all as E.164. */
function phonesOf({ phone, channels, also }: Known): string[] {
  const reached = channels.flatMap(({ channel, address }) =>
    (channel === 'whatsapp' || channel === 'sms') && /^\+?\d{7,15}$/.test(address)
      ? [`+${address.replace('+', '')}`]
      : [],
  );
  return [...new Set([...(phone ? [phone] : []), ...(also?.phones ?? []), ...reached])];
}

/**
 * Two words in common, in any order, a slip of the pen in each allowed: surname and first name.
 *
 * @param least how many words have to be in common, where both names have as many
 */
export function alikeNames(a = '', b = '', least = 2): boolean {
  const [mine, theirs] = [nameWords(a), nameWords(b)];
  if (mine.length === 0 || theirs.length === 0) return false;
  const common = mine.filter((word) => theirs.some((one) => nearly(word, one))).length;
  return common >= Math.min(least, mine.length, theirs.length);
}

/** The same but for one letter that is another, missing or too much; short words have to be the same. */
function nearly(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 5 || long.length - short.length > 1) return false;
  // A slip is in one place: the first letter stands, or the last.
  if (short[0] !== long[0] && short.at(-1) !== long.at(-1)) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}
