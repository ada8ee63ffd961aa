/** A piece of HTML that is safe as it stands. Made by `html`, which escapes whatever is put into it. */
export interface Html {
  readonly html: string;
}

/** What can be put into HTML: text is escaped, pieces are not, nothing is nothing. */
export type Piece = string | number | Html | undefined | false | readonly Piece[];

/**
 * HTML with values in it, in text and within quoted attributes alike.
 *
 * @example html`<a href="${url}">${name}</a>`
 */
export function html(parts: TemplateStringsArray, ...values: Piece[]): Html {
  return { html: parts.reduce((all, part, index) => all + written(values[index - 1]) + part) };
}

/** Text or numbers of ours that hold no markup: a style, a script. */
export function trusted(text: string): Html {
  return { html: text };
}

function written(value: Piece): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
  return 'html' in value ? value.html : value.map(written).join('');
}
