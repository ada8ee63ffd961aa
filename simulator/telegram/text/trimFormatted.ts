import { type Formatted } from './formatted.ts';

/** Telegram cuts white space at both ends of a text; spans are moved and shortened with it, empty ones vanish. */
export function trimFormatted({ text, entities }: Formatted): Formatted {
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  const cut = text.slice(start, Math.max(start, end));
  const kept = entities.flatMap((entity) => {
    const from = Math.max(entity.offset - start, 0);
    const to = Math.min(entity.offset + entity.length - start, cut.length);
    return to > from ? [{ ...entity, offset: from, length: to - from }] : [];
  });
  return { text: cut, entities: kept.toSorted((a, b) => a.offset - b.offset || b.length - a.length) };
}
