import { z } from 'zod';
import { type TgInlineButton, type TgKeyboardButton, type TgMarkup } from '../records.ts';
import { type Params } from './params.ts';
import { Refusal } from './refusal.ts';

const rows = z.array(z.array(z.looseObject({ text: z.string() })));
const looseRows = z.array(z.array(z.union([z.string(), z.looseObject({ text: z.string() })])));
const STYLES = ['primary', 'success', 'danger'];
/** What an inline button can do; each has exactly one of these. */
const ACTIONS = [
  'callback_data',
  'url',
  'copy_text',
  'web_app',
  'login_url',
  'disabled',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'callback_game',
  'pay',
];

/**
 * `reply_markup` of a call, checked as Telegram does.
 * @returns undefined when absent; an empty inline keyboard is returned as it is, and means "none".
 * @throws Refusal, e.g. BUTTON_DATA_INVALID for callback data of more than 64 bytes.
 */
export function readMarkup(params: Params): TgMarkup | undefined {
  const raw = params.json('reply_markup', 'reply keyboard markup');
  if (raw === undefined || raw === null) return undefined;
  const markup = z.looseObject({}).safeParse(raw);
  if (!markup.success) throw Refusal.bad('object expected as reply markup');
  const { inline_keyboard, keyboard, remove_keyboard, force_reply, ...rest } = markup.data;
  if (inline_keyboard !== undefined) return { inline_keyboard: inlineRows(inline_keyboard) };
  if (keyboard !== undefined) return { ...rest, keyboard: keyboardRows(keyboard) };
  if (remove_keyboard === true) return { remove_keyboard: true };
  if (force_reply === true) return { ...rest, force_reply: true };
  return undefined;
}

function inlineRows(raw: unknown): TgInlineButton[][] {
  const read = rows.safeParse(raw);
  if (!read.success) {
    const arrays = Array.isArray(raw) && raw.every((row) => Array.isArray(row));
    throw Refusal.bad(
      arrays
        ? "can't parse inline keyboard button: InlineKeyboardButton must have a text"
        : 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    );
  }
  const kept = read.data.filter((row) => row.length > 0);
  if (kept.flat().length > 100) throw Refusal.bad('reply markup is too long');
  return kept.map((row) => row.map(inlineButton));
}

function inlineButton(button: { text: string } & Record<string, unknown>): TgInlineButton {
  checkFace(button);
  const actions = ACTIONS.filter((action) => button[action] !== undefined);
  if (actions.length === 0) throw Refusal.bad('Text buttons are unallowed in the inline keyboard');
  // The words for two actions are a guess [R]; that it is refused is documented.
  if (actions.length > 1)
    throw Refusal.bad("can't parse inline keyboard button: exactly one action is allowed");
  const { callback_data, url, copy_text } = button;
  if (callback_data !== undefined) {
    const size = typeof callback_data === 'string' ? Buffer.byteLength(callback_data) : 0;
    if (size < 1 || size > 64) throw Refusal.bad('BUTTON_DATA_INVALID');
  }
  if (url !== undefined) checkUrl(url);
  if (copy_text !== undefined && !copyText.safeParse(copy_text).success)
    throw Refusal.bad('BUTTON_COPY_TEXT_INVALID');
  return button as TgInlineButton;
}

const copyText = z.object({ text: z.string().min(1).max(256) });

function checkFace(button: { text: string } & Record<string, unknown>): void {
  if (button.text.trim() === '') throw Refusal.bad('BUTTON_TEXT_INVALID');
  const { style } = button;
  if (style !== undefined && !STYLES.includes(String(style)))
    throw Refusal.bad('invalid button style specified');
}

/** http, https, tg and ton links; the host must have a dot, so `http://localhost` is refused, as it really is. */
function checkUrl(raw: unknown): void {
  const text = String(raw);
  const trouble = (why: string): Refusal =>
    Refusal.bad(`inline keyboard button URL '${text}' is invalid: ${why}`);
  if (/^(tg|ton|tonsite|mailto|tel):/i.test(text)) return;
  const full = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(full)) throw trouble('Wrong HTTP URL');
  const url = new URL(full);
  if (!/^https?:$/.test(url.protocol)) throw trouble('Unsupported URL protocol');
  if (!url.hostname.includes('.')) throw trouble('Wrong HTTP URL');
}

function keyboardRows(raw: unknown): TgKeyboardButton[][] {
  const read = looseRows.safeParse(raw);
  if (!read.success)
    throw Refusal.bad('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays');
  const kept = read.data.filter((row) => row.length > 0);
  if (kept.flat().length > 300) throw Refusal.bad('reply markup is too long');
  return kept.map((row) =>
    row.map((button) => {
      const full = typeof button === 'string' ? { text: button } : button;
      checkFace(full);
      return full;
    }),
  );
}
