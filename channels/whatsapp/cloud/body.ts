import { whatsappMarks, withMarks } from '../../markup.ts';
import { type Choice, inLines } from '../../numbered.ts';
import { cut, numberedText } from '../numberedText.ts';
import type { Rendered } from '../../../runtime/words.ts';

/**
 * Meta's limits in characters. Source: `facebook/openapi:business-messaging-api_v23.0.yaml`; the reply buttons' title from its clients'
 * code.
 */
const limits = {
  text: 4096,
  body: 1024,
  caption: 1024,
  title: 20,
  row: 24,
  more: 72,
  id: 200,
  buttons: 3,
  rows: 10,
};

/** A message as the Cloud API takes it, and what may be chosen from it. */
export interface Body {
  message: object;
  choices: Choice[];
}

/**
 * Up to three choices are reply buttons, up to ten a list, more are numbers; numbers as well when the text is too long for
 * a message with buttons or a label for its row. `words`: the line above numbers, the button that opens a list.
 */
export function bodyOf(rendered: Rendered, words: { choose: string; list: string }): Body {
  const plain = inLines(rendered, false, words.choose);
  const text = withMarks(plain.text, whatsappMarks);
  const way = text.length <= limits.body ? wayOf(plain.choices) : 'numbers';
  if (way === 'buttons') {
    const buttons = plain.choices.map(({ data, label }) => ({
      type: 'reply',
      reply: { id: data, title: label },
    }));
    return interactive({ type: 'button', body: { text }, action: { buttons } }, plain.choices);
  }
  if (way === 'list') {
    const rows = plain.choices.map(({ data, label }) => ({ id: data, ...rowOf(label) }));
    const action = { button: words.list, sections: [{ title: words.list, rows }] };
    return interactive({ type: 'list', body: { text }, action }, plain.choices);
  }
  const { text: body, choices } = numberedText(rendered, words.choose, limits.text);
  return { message: { type: 'text', text: { body, preview_url: false } }, choices };
}

/** The text under a file. */
export function captionOf(rendered: Rendered): string {
  return cut(withMarks(rendered.text, whatsappMarks), limits.caption);
}

function interactive(content: object, choices: Choice[]): Body {
  return { message: { type: 'interactive', interactive: content }, choices };
}

function wayOf(choices: Choice[]): 'buttons' | 'list' | 'numbers' {
  const short = (most: number) => choices.every(({ label }) => label.length <= most);
  const unique = (most: number) =>
    new Set(choices.map(({ label }) => label.slice(0, most))).size === choices.length;
  if (choices.length === 0 || choices.some(({ data }) => data.length > limits.id)) return 'numbers';
  if (choices.length <= limits.buttons && short(limits.title) && unique(limits.title)) return 'buttons';
  if (choices.length <= limits.rows && short(limits.more) && unique(limits.row - 1)) return 'list';
  return 'numbers';
}

/** A row's title, and the whole label below it when it does not fit. */
function rowOf(label: string): { title: string; description?: string } {
  return label.length <= limits.row
    ? { title: label }
    : { title: cut(label, limits.row), description: label };
}
