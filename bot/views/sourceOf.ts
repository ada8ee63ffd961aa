import type { Param } from '../../flows/effect.ts';
import type { Speech } from '../speech.ts';

/** A source in words: the locale's name for it, or what the recruiter called it. */
export function sourceOf(speech: Speech, source: string): Param {
  const known = [`source.${source}`, `staff.source.${source}`].find((key) => speech.has(key));
  return known ? { key: known } : source;
}
