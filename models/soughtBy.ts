import { soughtKeys, soughtNumber } from '../flows/keepSought.ts';

/** Of what was typed, or pasted whole, so many words are looked for. */
const mostWords = 12;

/** What a `find` asks for everybody who can be looked for at all. Read by an index, the latest first. */
export const everybodySought = { 'sought.at': { $gte: 0 } };

/**
 * What a `find` asks for those who are meant by what was typed: words of the name in any order, each from its beginning,
 * or a phone number, whole or a part of it, however it is written. Each alternative is read by an index.
 *
 * @param kinds where words are looked for: in names, or in the terms somebody would accept, too
 * @param also what else may be meant
 * @returns a filter, which finds nobody when nothing can be meant
 */
export function soughtBy(text: string, kinds: ('name' | 'terms')[], also: object[] = []): object {
  const words = kinds.map((kind) => soughtKeys(kind, text).slice(0, mostWords));
  const all = words.filter((keys) => keys.length > 0).map((keys) => ({ $and: byLength(keys).map(begins) }));
  const numbers = phoneParts(text).map((digits) => begins(soughtNumber(digits)));
  const any = [...all, ...numbers, ...also];
  return any.length > 0 ? { $or: any } : { _id: { $in: [] } };
}

/** The longest word first: fewest people have it, and those are read. */
function byLength(keys: string[]): string[] {
  return keys.toSorted((a, b) => b.length - a.length);
}

function begins(key: string) {
  return { 'sought.keys': { $regex: `^${key}` } };
}

/** The digits of a phone as kept (E.164): "8 (916) 111" and "+7 916 111" are looked for alike. */
function phoneParts(text: string): string[] {
  if (!/^[\d\s()+\-.]+$/.test(text)) return [];
  const digits = text.replace(/\D/g, '').slice(0, 20);
  if (digits.length < 3) return [];
  return digits.startsWith('8') && digits.length > 4 ? [`7${digits.slice(1)}`, digits] : [digits];
}
