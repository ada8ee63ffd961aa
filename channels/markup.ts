/** How a channel marks bold and italic in plain text; an empty mark is none. */
export interface Marks {
  bold: string;
  italic: string;
}

/** WhatsApp's: stars and underscores. Source: faq.whatsapp.com/539178204879377. */
export const whatsappMarks: Marks = { bold: '*', italic: '_' };
const none: Marks = { bold: '', italic: '' };

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/** A stretch of text under the same marks. */
interface Run {
  text: string;
  marks: string;
}

/**
 * Telegram's HTML (what `locales/` is written in) as text with a channel's marks; without them, plain. A mark that
 * would span lines stands on each line, since WhatsApp ends it there; links show their address.
 *
 * @example withMarks('<b>Hi</b> &amp; bye', whatsappMarks) // '*Hi* & bye'
 */
export function withMarks(html: string, marks: Marks = none): string {
  const open: string[] = [];
  const runs: Run[] = [];
  const add = (text: string): void => {
    const last = runs.at(-1);
    if (last?.marks === open.join('')) last.text += text;
    else runs.push({ text, marks: open.join('') });
  };
  let link = '';
  for (const [token] of html.matchAll(/<\/?[a-z][^>]*>|&(?:lt|gt|quot|amp);|[^<&]+|[<&]/gi)) {
    const [, closes = '', name] = /^<(\/?)([a-z]+)/i.exec(token) ?? [];
    if (name === undefined) add(entities[token] ?? token);
    if (name === 'a' && closes && link) add(` (${link})`);
    if (name === 'a') link = closes ? '' : (/href="([^"]*)"/.exec(token)?.[1] ?? '');
    const mark = name === 'b' || name === 'strong' ? marks.bold : name === 'i' ? marks.italic : '';
    if (mark && closes) open.splice(open.lastIndexOf(mark), 1);
    else if (mark) open.push(mark);
  }
  return runs.map(inMarks).join('');
}

function inMarks({ text, marks }: Run): string {
  if (marks === '') return text;
  const end = [...marks].reverse().join('');
  return text.replace(/^([^\S\n]*)(\S.*?)([^\S\n]*)$/gm, `$1${marks}$2${end}$3`);
}
