import { GrammyError } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';
import { pressedRows } from './pressedRows.ts';
import type { StaffContext } from './staffContext.ts';

const mark = '✅ ';

/**
 * Show under the message which of its buttons was pressed. Those beside it are no longer marked and can still be
 * pressed: an answer may be changed.
 */
export async function markPressed(ctx: StaffContext): Promise<void> {
  const data = ctx.callbackQuery?.data;
  const rows = pressedRows(ctx);
  const isPressed = (button: InlineKeyboardButton) =>
    'callback_data' in button && button.callback_data === data;
  if (!rows.flat().some(isPressed)) return;
  const drawn = (button: InlineKeyboardButton) => {
    const text = button.text.startsWith(mark) ? button.text.slice(mark.length) : button.text;
    return { ...button, text: isPressed(button) ? mark + text : text };
  };
  const inline_keyboard = rows.map((row) => (row.some(isPressed) ? row.map(drawn) : row));
  try {
    await ctx.editMessageReplyMarkup({ reply_markup: { inline_keyboard } });
  } catch (error) {
    // Marked already, or too old to be edited: nobody's loss.
    if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
  }
}
