import type { Rendered, RenderedButton } from '../runtime/words.ts';
import { escapeHtml } from '../runtime/words.ts';

/** What a message offers, and by which answer it is chosen: its number where one was shown, its label always. */
export interface Choice {
  label: string;
  data: string;
  number?: number;
}

/** The choices among a message's buttons: those that send something back and can be pressed. */
export function choicesOf({ buttons }: Rendered): Choice[] {
  return buttons
    .flat()
    .flatMap(({ label, data, disabled }) => (data === undefined || disabled ? [] : [{ label, data }]));
}

/**
 * A message for a channel that cannot show (all of) its buttons: links and what is to be copied become lines of the
 * text, and so do choices when they are to be `numbered`, under `hint` ("Answer with a number:").
 *
 * @returns the text in HTML as before, and the choices with their numbers
 */
export function inLines(
  message: Rendered,
  numbered: boolean,
  hint: string,
): { text: string; choices: Choice[] } {
  const choices = choicesOf(message);
  const parts = [message.text];
  const lines = message.buttons.flat().flatMap(lineOf);
  if (lines.length > 0) parts.push(lines.join('\n'));
  if (!numbered || choices.length === 0) return { text: parts.join('\n\n'), choices };
  const counted = choices.map((choice, index) => ({ ...choice, number: index + 1 }));
  const list = counted.map(({ number, label }) => `<b>${number}</b> — ${escapeHtml(label)}`);
  parts.push([escapeHtml(hint), ...list].join('\n'));
  return { text: parts.join('\n\n'), choices: counted };
}

/** Which choice an answer means; undefined when it is words of its own. A number goes before a label like it. */
export function choiceFor(choices: Choice[], answer: string): Choice | undefined {
  const said = plain(answer);
  if (said === '') return undefined;
  const number = /^(\d{1,3})[.)]?$/.exec(said.replaceAll(' ', ''))?.[1];
  return (
    choices.find((choice) => choice.number !== undefined && choice.number === Number(number)) ??
    choices.find(({ label }) => plain(label) === said)
  );
}

function lineOf({ label, url, copy }: RenderedButton): string[] {
  const value = url ?? copy;
  return value === undefined ? [] : [`${escapeHtml(label)}: ${escapeHtml(value)}`];
}

/** Without pictures, keycaps and case: what somebody may type of a label. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.):+-]+/gu, ' ')
    .trim();
}
