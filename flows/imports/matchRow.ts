import type { Candidate } from '../candidate.ts';
import { alikeNames, marksOf } from '../duplicates/sameAs.ts';
import { plainText } from './plainText.ts';
import type { ReadRow } from './readRow.ts';

/** What a row finds people by, as it stands in the index of marks. */
export function marksOfRow({ phones, email, username, birthday }: ReadRow): string[] {
  return [
    ...phones.map((phone) => `p:${phone}`),
    ...(email ? [`e:${email.value}`] : []),
    ...(username ? [`t:${username.value.toLowerCase()}`] : []),
    ...(birthday ? [`b:${birthday.value}`] : []),
  ];
}

/**
 * Who a row is, when nothing but a whole name (surname, first name, patronymic) is known of them: the same name again
 * is the same person. Everybody else is known by what they are reached by, or by the row itself.
 */
export function nameIdentity(row: ReadRow): string | undefined {
  const words = plainText(row.name?.value ?? '').split(' ');
  return marksOfRow(row).length === 0 && words.length >= 3 ? words.join(' ') : undefined;
}

/** Is this mark a day of birth, which many share? */
export function isDay(mark: string): boolean {
  return mark.startsWith('b:');
}

/** Who of those born on a row's day may be that person: a day joins only whole names that are much the same. */
export function calledLike(row: ReadRow, born: Candidate[]): Candidate[] {
  return born.filter((person) => wholeName(row, person));
}

/**
 * Which of the people who share a mark with a row is the same person. A number or a mailbox may be a family's: whoever
 * is called quite differently there is only alike.
 */
export function matchRow(
  row: ReadRow,
  known: Candidate[],
): { same: Candidate | undefined; alike: Candidate[] } {
  const mine = new Set(marksOfRow(row));
  const shared = known.flatMap((person) => {
    // A card that was joined to another is nobody by itself.
    if (person.merged) return [];
    const signs = marksOf(person).filter((mark) => mine.has(mark));
    const reached = signs.some((mark) => !isDay(mark));
    return signs.length > 0 && (reached || wholeName(row, person)) ? [{ person, reached, signs }] : [];
  });
  const fits = shared
    .filter(({ person }) => isCalled(person, row.name?.value))
    .sort(
      (a, b) =>
        Number(b.reached) - Number(a.reached) ||
        b.signs.length - a.signs.length ||
        a.person.createdAt - b.person.createdAt ||
        (a.person._id < b.person._id ? -1 : 1),
    );
  const same = fits[0]?.person;
  // On one day many are born: only a similar name makes them alike.
  const alike = shared.flatMap(({ person, reached }) => (reached && person !== same ? [person] : []));
  return { same, alike };
}

function isCalled({ name, also }: Candidate, called: string | undefined): boolean {
  if (!called || !name) return true;
  return [name, ...(also?.names ?? [])].some((one) => alikeNames(called, one));
}

/**
 * A day of birth joins only those whose first name and surname are both known, and the patronymic too where both have
 * one: a first name and a patronymic are shared by many, and two people made one are worse than one person twice.
 */
function wholeName({ name }: ReadRow, { name: other = '', also }: Candidate): boolean {
  const count = (text: string) => plainText(text).split(' ').length;
  return (
    name !== undefined &&
    count(name.value) >= 2 &&
    [other, ...(also?.names ?? [])].some((one) => alikeNames(name.value, one, 3) && count(one) >= 2)
  );
}
