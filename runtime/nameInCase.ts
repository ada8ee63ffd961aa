import { getFirstnameGender, getLastnameGender, getMiddlenameGender, incline } from 'lvovich';
import type { NameCase } from '../flows/templates/fillTemplate.ts';

interface NameParts {
  first: string;
  middle?: string;
  last?: string;
}

const isFirst = (word: string): boolean => getFirstnameGender(word) !== null;
const isMiddle = (word: string): boolean => getMiddlenameGender(word) !== null;
const isLast = (word: string): boolean => getLastnameGender(word) !== null;

/**
 * The parts of a Russian name, whichever came first; a foreign one is first name and rest. The library's guesses at a
 * single word are loose (many first names look like patronymics to it), so the order of the words decides.
 */
function partsOf(name: string): NameParts {
  const [one = name, two, ...others] = name.trim().split(/\s+/);
  if (two === undefined) return { first: one };
  const three = others.join(' ');
  if (three === '') {
    if (isFirst(one) && isMiddle(two)) return { first: one, middle: two };
    const turned = isFirst(two) && (!isFirst(one) || (isLast(one) && !isLast(two)));
    return turned ? { first: two, last: one } : { first: one, last: two };
  }
  if (isMiddle(three) && isFirst(two)) return { first: two, middle: three, last: one };
  if (isMiddle(two) && isFirst(one)) return { first: one, middle: two, last: three };
  return { first: one, last: `${two} ${three}` };
}

/** The given name alone, to speak to somebody by. */
export function givenName(name: string): string {
  return partsOf(name).first;
}

/**
 * A Russian name in a case, in the order it was written; foreign ones stay as they are.
 *
 * @example nameInCase('Smirnova Anna', 'dative') // both words as in "to Anna Smirnova"
 */
export function nameInCase(name: string, nameCase: NameCase): string {
  const parts = partsOf(name);
  const inclined = incline(parts, nameCase);
  return name
    .trim()
    .split(/\s+/)
    .map((word) => {
      if (word === parts.first) return inclined.first ?? word;
      if (word === parts.middle) return inclined.middle ?? word;
      return word === parts.last ? (inclined.last ?? word) : word;
    })
    .join(' ');
}
