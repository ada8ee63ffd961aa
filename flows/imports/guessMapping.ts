import { parseEmail } from '../parseEmail.ts';
import type { Layout } from './layout.ts';
import { type ImportField, type ImportStage, manyOf, type Mapping } from './mapping.ts';
import { lookOf, meaning, plainText } from './plainText.ts';
import { phonesIn } from './phonesIn.ts';
import type { TableWords } from './tableWords.ts';

/** What the agency has that a table may name. `names`: as the table may call it, in every language. */
export interface Named<Id extends string = string> {
  id: Id;
  names: string[];
}

/** How many rows are looked at to tell a column by its values, and the share that must agree. */
const looked = 200;
const share = 0.6;
/** More different words than that are no list of vacancies or stages. */
const mostValues = 60;

/** A first guess of how a table becomes people: by its headings, then by what stands under them. */
export function guessMapping(
  rows: string[][],
  { headings, first }: Layout,
  has: {
    words: TableWords[];
    vacancies: Named[];
    stages: Named<ImportStage>[];
    phone: (text: string) => string | undefined;
  },
): Mapping {
  const data = rows.slice(first);
  const fields = has.words.map((words) => words.fields);
  const columns = headings.map((heading, column): ImportField => {
    const named = meaning(heading, fields);
    return named ?? byValues(valuesOf(data, column), has.phone) ?? 'note';
  });
  const used = new Set<ImportField>();
  const once = columns.map((field): ImportField => {
    if (used.has(field) && !manyOf.has(field)) return 'note';
    used.add(field);
    return field;
  });
  if (!once.some((field) => field === 'name' || field === 'surname' || field === 'firstName')) {
    const column = once.findIndex(
      (field, index) => field === 'note' && mostly(valuesOf(data, index), looksLikeName),
    );
    if (column >= 0) once[column] = 'name';
  }
  const mapping: Mapping = { columns: once, vacancies: [], stages: [], stage: 'reserve' };
  return withValues(mapping, data, headings, has);
}

/** The mapping with a line for each vacancy and stage that the table names; what was chosen before stays. */
export function withValues(
  mapping: Mapping,
  data: string[][],
  headings: string[],
  has: { words: TableWords[]; vacancies: Named[]; stages: Named<ImportStage>[] },
): Mapping {
  const stages = has.words.map((words) => words.stages);
  return {
    ...mapping,
    vacancies: distinct(data, headings, mapping.columns.indexOf('vacancy')).map((value) => ({
      value,
      to:
        mapping.vacancies.find((one) => one.value === value)?.to ?? vacancyBy(value, has.vacancies) ?? 'none',
    })),
    stages: distinct(data, headings, mapping.columns.indexOf('stage')).map((value) => ({
      value,
      to:
        mapping.stages.find((one) => one.value === value)?.to ??
        namedBy(value, has.stages) ??
        meaning(value, stages) ??
        'none',
    })),
  };
}

/** The one that is called so, or the only one that begins so: tables shorten titles. */
function vacancyBy(value: string, list: Named[]): string | undefined {
  const begun = list.filter(({ names }) =>
    names.some((name) => `${lookOf(plainText(name))} `.startsWith(`${lookOf(value)} `)),
  );
  return namedBy(value, list) ?? (begun.length === 1 ? begun[0]?.id : undefined);
}

function namedBy<Id extends string>(value: string, list: Named<Id>[]): Id | undefined {
  return list.find(({ names }) => names.some((name) => lookOf(plainText(name)) === lookOf(value)))?.id;
}

/** The different words of a column, in the form of `plainText`, the most frequent first. */
function distinct(data: string[][], headings: string[], column: number): string[] {
  if (column < 0) return [];
  // Headings that come again on every page.
  const heading = plainText(headings[column] ?? '');
  const counts = new Map<string, number>();
  for (const row of data) {
    const value = plainText(row[column] ?? '').slice(0, 300);
    if (value !== '' && value !== heading) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.slice(0, mostValues).map(([value]) => value);
}

function valuesOf(data: string[][], column: number): string[] {
  return data.slice(0, looked).flatMap((row) => (row[column] ? [row[column]] : []));
}

function mostly(values: string[], fits: (value: string) => boolean): boolean {
  return values.length > 0 && values.filter(fits).length >= values.length * share;
}

function byValues(values: string[], phone: (text: string) => string | undefined): ImportField | undefined {
  if (mostly(values, (value) => parseEmail(value) !== undefined)) return 'email';
  if (
    mostly(
      values,
      (value) => /\d{6}/.test(value.replaceAll(/\D/g, '')) && phonesIn(value, phone).phones.length > 0,
    )
  )
    return 'phone';
  return undefined;
}

/** Two to four words that begin with a capital letter. */
function looksLikeName(value: string): boolean {
  return /^\p{Lu}[\p{L}'-]+(?:\s+\p{Lu}[\p{L}.'-]*){1,3}$/u.test(value);
}
