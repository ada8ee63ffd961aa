import type { Lexicon } from '../facts.ts';
import type { Named } from './guessMapping.ts';
import type { ImportStage } from './mapping.ts';
import { plainText } from './plainText.ts';
import type { TableWords } from './tableWords.ts';

/** What a table is read with: the agency's own names, and the words of every language. */
export interface TableContext {
  now: number;
  /** The agency's: dates of a table are days there. */
  zone: string;
  phone: (text: string) => string | undefined;
  words: TableWords[];
  months: string[][][];
  /** Zones of the cities we know, by their names in the form of `plainText`. */
  cities: Map<string, string>;
  sources: Record<string, string[]>[];
  totals: string[];
  vacancies: Named[];
  stages: Named<ImportStage>[];
  /** Who may have an application. */
  recruiters: Named[];
}

/** The part of it that comes from what people type. */
export function contextWords(lexicon: Record<string, Lexicon>) {
  const all = Object.values(lexicon);
  return {
    words: all.map(({ table }) => table),
    months: all.map(({ months }) => months),
    cities: new Map(
      all.flatMap(({ cities }) =>
        cities.flatMap(({ names, zone }) => names.map((name) => [plainText(name), zone] as const)),
      ),
    ),
    sources: all.map(({ table }) => table.sources),
    totals: all.flatMap(({ table }) => table.totals),
  };
}
