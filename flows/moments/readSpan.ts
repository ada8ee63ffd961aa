import { type MomentWords, nameOf, numberOf, type Unit } from './momentWords.ts';

/** A length of time, by unit, and what else was said. */
export interface Span {
  span: Partial<Record<Unit, number>>;
  rest: string[];
}

/** "in two hours", "in a week": undefined when no length of time is named. */
export function readSpan(tokens: string[], words: MomentWords): Span | undefined {
  const at = tokens.findIndex((token) => words.in.includes(token));
  if (at < 0) return undefined;
  const span: Span['span'] = {};
  let next = at + 1;
  for (;;) {
    while (words.filler.includes(tokens[next] ?? '')) next += 1;
    const count = numberOf(tokens[next], words);
    // "In an hour" has no number in every language.
    const unit = nameOf(words.units, tokens[count === undefined ? next : next + 1]);
    if (!unit || span[unit] !== undefined) break;
    span[unit] = count ?? 1;
    next += count === undefined ? 1 : 2;
  }
  if (Object.keys(span).length === 0) return undefined;
  return { span, rest: [...tokens.slice(0, at), ...tokens.slice(next)] };
}
