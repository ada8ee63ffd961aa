import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const sections = readdirSync(join(import.meta.dirname, '../../locales/ru')).map((name) => name.split('.')[0]);
/** A key of the locales in the place of its words: "staff.today.mark.none". */
const rawKey = new RegExp(`(?<![\\w./@-])(?:${sections.join('|')})(?:\\.[A-Za-z]\\w*)+(?![\\w@/-])`);

/** Nobody is ever shown a key instead of words; the name of a file or of a site may look like one. */
export function noRawKeys(text: string): void {
  const found = rawKey.exec(text.replaceAll(/\S+\.(?:ics|pdf|csv|json|txt|png|jpe?g)\b|\bhh\.ru\b/g, ''));
  if (found) throw new Error(`a key is shown instead of words: ${found[0]} in ${text}`);
}
