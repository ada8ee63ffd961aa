import type { Rendered } from '../../runtime/words.ts';
import { whatsappMarks, withMarks } from '../markup.ts';
import { type Choice, choicesOf, inLines } from '../numbered.ts';

/** A message as text with its choices as numbers below it; what is too long loses of its own words, never a choice. */
export function numberedText(
  message: Rendered,
  hint: string,
  longest: number,
): { text: string; choices: Choice[] } {
  const { text: html, choices } = inLines(message, choicesOf(message).length > 0, hint);
  const words = withMarks(message.text, whatsappMarks);
  const tail = withMarks(html, whatsappMarks).slice(words.length);
  return { text: `${cut(words, longest - tail.length)}${tail}`.slice(0, longest), choices };
}

/** With an ellipsis when it is longer than `most` characters. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(most - 1, 0)).trimEnd()}…`;
}
