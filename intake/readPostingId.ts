import type { SourceName } from '../flows/sites/sourceNames.ts';
import { parsePhone } from '../runtime/readFacts.ts';

/** What a source calls our vacancy, in the one spelling that is kept: numbers of the telephony as E.164. */
export function readPostingId(source: SourceName, said: string): string {
  const text = said.trim().slice(0, 40);
  if (source !== 'novofon') return text;
  return parsePhone(text) ?? parsePhone(`+${text}`) ?? text;
}
