import type { SourceName } from '../flows/sites/sourceNames.ts';
import { parsePhone } from '../runtime/readFacts.ts';

/** What a source calls our vacancy, in the one spelling that is kept: numbers of the telephony as E.164. */
export function readPostingId(source: SourceName, said: string): string {
  // It stands in the data of buttons, which hold 64 bytes.
  const text = said.trim().replaceAll(':', '').slice(0, 24);
  if (source !== 'novofon') return text;
  return parsePhone(text) ?? parsePhone(`+${text}`) ?? text;
}
