import { escapeHtml, type Reader, type Rendered, type RenderedButton } from '../../runtime/words.ts';
import { pageStyle } from './pageStyle.ts';

/** What a page shows: its messages, each under its buttons, and links below. */
export interface Page {
  reader: Reader;
  title: string;
  sections: Rendered[];
  links?: { label: string; url: string }[];
  /** A drawing of ours (SVG), as it is. */
  figure?: string;
  /** Load it anew after so many seconds. */
  refresh?: number;
  /** Where its buttons send to, and what makes a press sent twice one press. */
  form?: { action: string; once: string };
}

/** A page that needs nothing else: no script, no font, nothing from outside. */
export function pageHtml({ reader, title, sections, links = [], figure, refresh, form }: Page): string {
  const shown = sections.map(
    ({ text, buttons }) =>
      `<section>${paragraphs(text)}${buttons.map((row) => `<div class="row">${row.map((one) => button(one, form)).join('')}</div>`).join('')}</section>`,
  );
  const below = links.map(
    ({ label, url }) => `<a class="button" href="${attribute(url)}">${escapeHtml(label)}</a>`,
  );
  return `<!doctype html>
<html lang="${reader.lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">${refresh ? `<meta http-equiv="refresh" content="${refresh}">` : ''}
<title>${escapeHtml(title)}</title><style>${pageStyle}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
${figure ? `<figure>${figure}</figure>` : ''}${shown.join('\n')}
<footer>${below.join('')}</footer></main></body></html>`;
}

/** Words of the locale are HTML already, with lines of their own. */
function paragraphs(text: string): string {
  const parts = text.trim().split(/\n{2,}/);
  return parts.map((part) => `<p>${part.trim().replaceAll('\n', '<br>')}</p>`).join('');
}

function button({ label, data, url, style }: RenderedButton, form: Page['form']): string {
  if (url) return `<a class="button" href="${attribute(url)}">${escapeHtml(label)}</a>`;
  if (!form || data === undefined) return '';
  const press = `<button class="${style ?? ''}" name="data" value="${attribute(data)}">${escapeHtml(label)}</button>`;
  return `<form method="post" action="${attribute(form.action)}"><input type="hidden" name="once" value="${form.once}">${press}</form>`;
}

function attribute(text: string): string {
  return escapeHtml(text).replaceAll('"', '&quot;');
}
