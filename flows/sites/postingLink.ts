import type { Posting } from './posting.ts';

/** Where an ad can be looked at; a number has no page. */
export function postingLink({ source, id }: Posting): string | undefined {
  if (!/^\d+$/.test(id)) return undefined;
  if (source === 'hh') return `https://hh.ru/vacancy/${id}`;
  return source === 'avito' ? `https://www.avito.ru/items/${id}` : undefined;
}
