import { type Length, lengthAt } from './lengthAt.ts';
import type { MomentWords } from './momentWords.ts';

/** A length of time, by unit, and what else was said. */
export interface Span {
  span: Length;
  rest: string[];
}

/** "in two hours", "in a week": undefined when no length of time is named. */
export function readSpan(tokens: string[], words: MomentWords): Span | undefined {
  const at = tokens.findIndex((token) => words.in.includes(token));
  if (at < 0) return undefined;
  const { length: span, end } = lengthAt(tokens, at + 1, words);
  if (Object.keys(span).length === 0) return undefined;
  return { span, rest: [...tokens.slice(0, at), ...tokens.slice(end)] };
}
