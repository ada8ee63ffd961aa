import type {
  InlineKeyboardButton,
  InlineKeyboardMarkup,
  ReplyKeyboardMarkup,
  ReplyKeyboardRemove,
} from 'grammy/types';
import type { Rendered, RenderedButton } from '../../runtime/words.ts';

/** The keyboard under a message: inline buttons, or the one that shares a phone number. */
export function keyboard(
  rendered: Rendered,
): InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | undefined {
  if (rendered.askContact) {
    return {
      keyboard: [
        [{ text: rendered.askContact, request_contact: true }],
        ...(rendered.back ? [[{ text: rendered.back }]] : []),
      ],
      resize_keyboard: true,
      one_time_keyboard: true,
    };
  }
  if (rendered.buttons.length > 0) return { inline_keyboard: rendered.buttons.map((row) => row.map(button)) };
  return rendered.dropKeyboard ? { remove_keyboard: true } : undefined;
}

function button({ label, data, url, copy, style, disabled }: RenderedButton): InlineKeyboardButton {
  const looks = { text: label, ...(style ? { style } : {}) };
  if (disabled) return { ...looks, disabled: {} };
  if (url) return { ...looks, url };
  if (copy) return { ...looks, copy_text: { text: copy } };
  return { ...looks, callback_data: data ?? '-' };
}
