import type { Params } from '../../flows/effect.ts';
import type { Reader, Rendered, Words } from '../../runtime/words.ts';
import { withMarks } from '../markup.ts';

/** Three parts of 67 characters in Cyrillic, the link among them. */
const longest = 201;

/**
 * A message as an SMS: the short words of the locale (`sms.<key>`) where it has some, else its own, cut; then the link,
 * which is never cut.
 */
export function smsText(
  words: Words,
  reader: Reader,
  message: Rendered,
  { template, params, link }: { template?: string; params?: Params; link: string | undefined },
): string {
  const key = `sms.${template ?? ''}`;
  const short = template !== undefined && words.has(reader.lang, key);
  const text = short ? words.label(reader, { key, params: params ?? {} }) : withMarks(message.text);
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const room = longest - (link ? link.length + 1 : 0);
  const kept = line.length <= room ? line : `${line.slice(0, room - 1).replace(/\s+\S*$/, '')}…`;
  return link ? `${kept} ${link}` : kept;
}
