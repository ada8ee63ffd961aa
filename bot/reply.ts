import { GrammyError } from 'grammy';
import type { Message } from 'grammy/types';
import { keyboard } from '../channels/telegram/keyboard.ts';
import type { Params } from '../flows/effect.ts';
import type { Rendered, RenderedButton } from '../runtime/words.ts';
import { type Speech, speech } from './speech.ts';
import type { StaffContext } from './staffContext.ts';

/** The words of whoever sent this update. */
export function voice(ctx: StaffContext): Speech {
  return speech(ctx.staff.words, ctx.member);
}

/** Send something drawn as a new message. */
export function send(ctx: StaffContext, { text, ...rest }: Rendered): Promise<Message.TextMessage> {
  const markup = keyboard({ text, ...rest });
  return ctx.reply(text, {
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    ...(markup && { reply_markup: markup }),
  });
}

/** Say a text of the locale, with buttons if any. */
export function say(
  ctx: StaffContext,
  key: string,
  params?: Params,
  buttons: RenderedButton[][] = [],
): Promise<Message.TextMessage> {
  return send(ctx, { text: voice(ctx).text(key, params), buttons });
}

/** Ask for the next message: Telegram opens the reply field by itself. */
export function askReply(ctx: StaffContext, key: string, params?: Params): Promise<Message.TextMessage> {
  return ctx.reply(voice(ctx).text(key, params), { parse_mode: 'HTML', reply_markup: { force_reply: true } });
}

/** Edit the message whose button was pressed; a new one when it cannot be edited any more. */
export async function redraw(ctx: StaffContext, rendered: Rendered): Promise<number | undefined> {
  const messageId = ctx.callbackQuery?.message?.message_id;
  if (messageId === undefined) return (await send(ctx, rendered)).message_id;
  return (await edit(ctx, messageId, rendered)) ? messageId : (await send(ctx, rendered)).message_id;
}

/** Edit one message. @returns false when Telegram has no such message to edit any more */
export async function edit(ctx: StaffContext, messageId: number, rendered: Rendered): Promise<boolean> {
  const markup = keyboard(rendered);
  const inline = markup && 'inline_keyboard' in markup ? { reply_markup: markup } : {};
  try {
    await ctx.api.editMessageText(ctx.chatId ?? 0, messageId, rendered.text, {
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      ...inline,
    });
    return true;
  } catch (error) {
    if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
    return error.description.includes('message is not modified');
  }
}

/** Stop the button's clock, with a short word if there is one. A query that is too old is nobody's loss. */
export async function toast(ctx: StaffContext, key?: string, params?: Params, alert = false): Promise<void> {
  if (!ctx.callbackQuery) return;
  const text = key ? voice(ctx).plain(key, params).slice(0, 200) : undefined;
  try {
    await ctx.answerCallbackQuery({ ...(text && { text }), ...(alert && { show_alert: true }) });
  } catch (error) {
    if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
  }
}
