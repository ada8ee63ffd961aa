import type { SourceName } from './sourceNames.ts';

/** One of our vacancies as a source knows it: an ad on a job site by its id there, or a number that is called (E.164). */
export interface Posting {
  source: SourceName;
  id: string;
}

/** How a posting is named in the database and in buttons: `hh:12345678`. */
export function postingKey({ source, id }: Posting): string {
  return `${source}:${id}`;
}
