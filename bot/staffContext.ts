import type { ConversationFlavor } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import type { Member } from '../flows/member.ts';
import type { BotDeps } from './botDeps.ts';
import type { Views } from './views/views.ts';

/** What every staff handler finds beside the update: who it is, and the product. */
export interface StaffFlavor {
  member: Member;
  staff: BotDeps & { views: Views };
  /** A handler threw: the update will come again and must not count as handled. */
  failed?: boolean;
}

/** The context of staff handlers. */
export type StaffContext = ConversationFlavor<Context & StaffFlavor>;

/** The id of the event an update causes; `part` when it causes several. The same update gives the same id. */
export function eventId(ctx: StaffContext, part?: string): string {
  return `tg:${ctx.me.id}:${ctx.update.update_id}${part ? `:${part}` : ''}`;
}

/** The private chat an update came from, as text. */
export function chatId(ctx: StaffContext): string {
  return String(ctx.chatId ?? ctx.from?.id ?? '');
}
