import type { InlineKeyboardButton } from 'grammy/types';
import type { StaffContext } from './staffContext.ts';

/** The buttons under the message one of which was pressed; none when it is too old to be known. */
export function pressedRows(ctx: StaffContext): InlineKeyboardButton[][] {
  const message = ctx.callbackQuery?.message;
  return (message && 'reply_markup' in message && message.reply_markup?.inline_keyboard) || [];
}
