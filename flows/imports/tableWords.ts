import type { ImportField, ImportStage } from './mapping.ts';

/** What tables call things, by language, from `locales/`: all in the form of `plainText`. */
export interface TableWords {
  fields: Partial<Record<ImportField, string[]>>;
  stages: Partial<Record<ImportStage, string[]>>;
  /** By the product's name of a source. */
  sources: Record<string, string[]>;
  /** What a row of sums begins with. */
  totals: string[];
}
