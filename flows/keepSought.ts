import type { Candidate } from './candidate.ts';
import type { Turn } from './turn.ts';

/** Of one text so many words are kept, and of one word so many letters. */
const [mostWords, longest] = [40, 50];
/** A phone number is found by so many of its digits, wherever in it they stand. */
const fewestDigits = 3;

/**
 * The last of every decision: what a person is looked for by stands in an index, with when something was last moved
 * forward with them, so that a search and the latest people are read without looking at anybody else.
 */
export function keepSought({ state }: Turn): void {
  const sought = soughtOf(state);
  if (sought) state.sought = sought;
  else delete state.sought;
}

/** How a person stands in that index; undefined for somebody who is nobody (yet, or any more) to the recruiters. */
export function soughtOf(state: Candidate): Candidate['sought'] {
  const { applications, consent, notes = [], merged, forgotten, name, also, phone, createdAt } = state;
  // Who has only looked at a vacancy and not consented is nobody yet.
  const known = applications.length > 0 || consent !== undefined || notes.length > 0;
  if (!known || merged || forgotten) return undefined;
  const terms = applications.flatMap(({ fields }) => {
    const value = fields?.terms?.value;
    return typeof value === 'string' ? [value] : [];
  });
  // A card that was joined to another is found by its own name and number, too.
  const keys = [
    ...[name ?? '', ...(also?.names ?? [])].flatMap((text) => soughtKeys('name', text)),
    ...terms.flatMap((text) => soughtKeys('terms', text)),
    ...[phone ?? '', ...(also?.phones ?? [])].flatMap((number) => endsOf(number.replace(/\D/g, ''))),
  ];
  const at = Math.max(
    ...applications.map(({ stageAt }) => stageAt),
    applications.length === 0 ? createdAt : 0,
  );
  return { keys: [...new Set(keys)], at };
}

/** The words of a text as they stand in the index, and as whoever looks for them has to ask. */
export function soughtKeys(kind: 'name' | 'terms', text: string): string[] {
  const plain = text.normalize('NFC').toLowerCase().replaceAll('\u0451', '\u0435');
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words)].slice(0, mostWords).map((word) => `${kind}:${word.slice(0, longest)}`);
}

/** What follows each digit of a number: a part of it begins one of them. */
function endsOf(digits: string): string[] {
  const count = Math.max(0, digits.length - fewestDigits + 1);
  return Array.from({ length: count }, (_, at) => soughtNumber(digits.slice(at)));
}

/** A number, or a part of one, as it stands in the index. */
export const soughtNumber = (digits: string): string => `phone:${digits}`;
