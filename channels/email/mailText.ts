import { escapeHtml, type Reader, type Rendered, type Words } from '../../runtime/words.ts';
import { withMarks } from '../markup.ts';
import { inLines } from '../numbered.ts';

/** How long a subject may be; mail programs show no more on a phone. */
const longest = 78;

/** A message as a letter: its first line is the subject, its buttons are links, its answers are given on the page. */
export function mailText(
  words: Words,
  reader: Reader,
  message: Rendered,
  more: { page: string | undefined; optOut: string | undefined },
): { subject: string; text: string; html: string } {
  const say = (key: string, params = {}) => words.label(reader, { key: `mail.${key}`, params });
  const asks = message.buttons.flat().some(({ data }) => data !== undefined);
  const answer = say(asks ? (more.page ? 'answerThere' : 'answerHere') : 'open');
  const link = more.page && { label: answer, url: more.page };
  const agency = words.label(reader, { key: 'agency.name' });
  const foot = say('foot', { agency });
  const links = [
    ...message.buttons.flat().flatMap(({ label, url }) => (url ? [{ label, url }] : [])),
    ...(link ? [link] : []),
  ];
  const copies = message.buttons.flat().flatMap(({ copy }) => (copy ? [copy] : []));
  const plainLines = [
    withMarks(inLines(message, false, '').text),
    ...(link ? [`${link.label}: ${link.url}`] : asks ? [answer] : []),
    `-- \n${foot}${more.optOut ? `\n${say('optOut')}: ${more.optOut}` : ''}`,
  ];
  const htmlParts = [
    ...message.text
      .trim()
      .split(/\n{2,}/)
      .map((part) => `<p style="margin:0 0 16px">${part.trim().replaceAll('\n', '<br>')}</p>`),
    ...copies.map((text) => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`),
    ...links.map(({ label, url }) => button(label, url)),
    ...(asks && !link ? [`<p style="margin:0 0 16px">${escapeHtml(answer)}</p>`] : []),
  ];
  const end = more.optOut ? ` · <a href="${attribute(more.optOut)}">${escapeHtml(say('optOut'))}</a>` : '';
  const html = `<!doctype html><html lang="${reader.lang}"><head><meta charset="utf-8"></head>
<body style="margin:0;padding:24px 16px;font:16px/1.5 system-ui,-apple-system,Segoe UI,Arial,sans-serif">
<div style="max-width:560px">${htmlParts.join('\n')}
<p style="margin:24px 0 0;font-size:13px;color:#6b7280">${escapeHtml(foot)}${end}</p></div></body></html>`;
  return { subject: subjectOf(message.text, agency), text: plainLines.join('\n\n'), html };
}

function button(label: string, url: string): string {
  const look =
    'display:inline-block;padding:12px 20px;border-radius:8px;background:#0b6bcb;color:#ffffff;text-decoration:none';
  return `<p style="margin:0 0 16px"><a style="${look}" href="${attribute(url)}">${escapeHtml(label)}</a></p>`;
}

function attribute(text: string): string {
  return escapeHtml(text).replaceAll('"', '&quot;');
}

function subjectOf(html: string, agency: string): string {
  const lines = withMarks(html).split('\n');
  const first = lines.map((line) => line.trim()).find((line) => line !== '') ?? agency;
  if (first.length <= longest) return first;
  return `${first.slice(0, longest - 1).replace(/\s+\S*$/, '')}…`;
}
