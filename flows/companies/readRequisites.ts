import type { CompanyWords } from './companyWords.ts';
import type { CompanyField } from './companyFields.ts';
import { readInn, readOgrn } from './readCode.ts';

export interface Requisites {
  found: Partial<Record<CompanyField, string>>;
  /** Numbers that look like one of them and are none: a slip of the pen, most likely. */
  doubtful: string[];
}

/** As long as the numbers that are looked for, or one digit off in an account. */
const telling = new Set([9, 10, 12, 13, 15, 19, 20, 21]);

/**
 * Requisites as they stand in a letter or a contract: numbers with whatever words around them. A number is known by
 * its length and its check digit, a nine-digit one by the word before it or by its beginning; a correspondent account
 * begins with 301 (the treasury's with 401).
 */
export function readRequisites(text: string, words: readonly CompanyWords[]): Requisites {
  const found: Requisites['found'] = {};
  const doubtful: string[] = [];
  const plain = text.replaceAll('\u00a0', ' ');
  for (const match of plain.matchAll(/(?<![\d.,+-])\d(?:\d| (?=\d{2}))*\d/g)) {
    const before = plain.slice(Math.max(0, match.index - 12), match.index).toLowerCase();
    const whole = match[0].replaceAll(' ', '');
    // A space stands inside of a number, or between two of them.
    const parts = fieldOf(whole, before, words) ? [whole] : match[0].split(' ');
    for (const part of parts) {
      const field = fieldOf(part, before, words);
      if (field) found[field] ??= part;
      else if (telling.has(part.length)) doubtful.push(part);
    }
  }
  const bank = bankIn(plain, words);
  return { found: { ...found, ...(bank && { bank }) }, doubtful };
}

function fieldOf(digits: string, before: string, words: readonly CompanyWords[]): CompanyField | undefined {
  const said = (what: 'kpp' | 'bik') => words.some((one) => one[what].some((word) => before.includes(word)));
  switch (digits.length) {
    case 9:
      if (said('bik')) return 'bik';
      return !said('kpp') && digits.startsWith('04') ? 'bik' : 'kpp';
    case 10:
    case 12:
      return readInn(digits).ok ? 'inn' : undefined;
    case 13:
    case 15:
      return readOgrn(digits).ok ? 'ogrn' : undefined;
    case 20:
      return /^(301|401)/.test(digits) ? 'correspondent' : 'account';
    default:
      return undefined;
  }
}

/** The line that names a bank, without the word before a colon and without numbers. */
function bankIn(text: string, words: readonly CompanyWords[]): string | undefined {
  const marks = words.flatMap(({ bank }) => bank);
  return text
    .split(/[\n;,]/)
    .map((line) => line.replace(/^[^:\d]{0,30}:/, '').trim())
    .find((line) => line !== '' && !/\d{9}/.test(line) && hasWord(line, marks));
}

function hasWord(line: string, marks: readonly string[]): boolean {
  const said = line.toLowerCase();
  return marks.some((mark) => said.includes(mark));
}
