import type { Label, Params } from '../flows/effect.ts';
import type { Reader, RenderedButton, Words } from '../runtime/words.ts';

/** The words of one reader, short to write: texts, and buttons with their data. */
export interface Speech {
  reader: Reader;
  /** HTML. */
  text(key: string, params?: Params): string;
  /** Plain text, for toasts and placeholders. */
  plain(key: string, params?: Params): string;
  /** A button's words that the locale may not know. */
  label(label: Label): string;
  button(
    key: string,
    data: string,
    more?: { style?: RenderedButton['style']; params?: Params },
  ): RenderedButton;
  has(key: string): boolean;
}

/** Speak to a reader in their language and zone. */
export function speech(words: Words, reader: Reader): Speech {
  return {
    reader,
    text: (key, params) => words.text(reader, key, params),
    plain: (key, params) => words.label(reader, { key, ...(params && { params }) }),
    label: (label) => words.label(reader, label),
    button: (key, data, { style, params } = {}) => ({
      label: words.label(reader, { key, ...(params && { params }) }),
      data,
      ...(style && { style }),
    }),
    has: (key) => words.has(reader.lang, key) || words.has('ru', key),
  };
}

/** Lay buttons out in rows of so many. */
export function inRows<T>(items: T[], perRow: number): T[][] {
  const rows: T[][] = [];
  for (let at = 0; at < items.length; at += perRow) rows.push(items.slice(at, at + perRow));
  return rows;
}
