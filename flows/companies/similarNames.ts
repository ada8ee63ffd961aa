import { alikeNames } from '../duplicates/sameAs.ts';
import type { CompanyWords } from './companyWords.ts';

/** Whoever is looked through for a name like the new one's. */
export interface KnownCompany {
  _id: string;
  name: string;
  shortName?: string;
}

/** Those whose name is much the same as this one, whatever their legal form and quotation marks. */
export function similarNames<T extends KnownCompany>(
  name: string,
  known: readonly T[],
  words: readonly CompanyWords[],
): T[] {
  const mine = nameKey(name, words);
  return known.filter((one) =>
    [one.name, one.shortName].some((theirs) => theirs !== undefined && alike(mine, nameKey(theirs, words))),
  );
}

function alike(a: string, b: string): boolean {
  return a === b || alikeNames(a, b);
}

/** A name without its legal form, its signs and its capitals; the whole of it when nothing else is left. */
export function nameKey(name: string, words: readonly CompanyWords[]): string {
  const plain = name
    .toLowerCase()
    .replaceAll('\u0451', '\u0435')
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .trim();
  const forms = words.flatMap((one) => one.forms).sort((a, b) => b.length - a.length);
  const bare = forms.reduce((text, form) => text.replaceAll(` ${form} `, ' '), ` ${plain} `);
  return bare.replaceAll(/\s+/g, ' ').trim() || plain;
}
