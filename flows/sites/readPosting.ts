import type { Posting } from './posting.ts';

/** What was pasted: a posting, a page of a site without one (`noAd`: a profile, a search), or something else. */
export type ReadPosting = { ok: true; posting: Posting } | { ok: false; why: 'noAd' | 'unknown' };

/** Eleven digits or a plus: shorter numbers may be ids of ads, too. */
const wholeNumber = /^(\+|[78](?=\D*(?:\d\D*){10}$))/;

/**
 * A link of one of our ads, or a number of ours that is called, as a recruiter pastes it.
 *
 * @param parsePhone reads a number as E.164
 * @example readPosting('https://spb.hh.ru/vacancy/123456?from=share', parsePhone) // hh, 123456
 */
export function readPosting(text: string, parsePhone: (text: string) => string | undefined): ReadPosting {
  const said = text.trim();
  const [, host = '', path = ''] = /^(?:https?:\/\/)?([\w.-]+\.[a-z]{2,})(\/[^\s?#]*)?/i.exec(said) ?? [];
  if (/(^|\.)hh\.[a-z]{2}$/i.test(host)) return found('hh', /^\/vacancy\/(\d{1,15})(\/|$)/.exec(path)?.[1]);
  if (/(^|\.)avito\.ru$/i.test(host)) return found('avito', /(?:_|\/)(\d{6,15})\/?$/.exec(path)?.[1]);
  const number = wholeNumber.test(said) ? parsePhone(said) : undefined;
  return number === undefined ? { ok: false, why: 'unknown' } : found('novofon', number);
}

function found(source: Posting['source'], id: string | undefined): ReadPosting {
  return id === undefined ? { ok: false, why: 'noAd' } : { ok: true, posting: { source, id } };
}
