import type { NextFunction } from 'grammy';
import { toast } from './reply.ts';
import { chatId, type StaffContext } from './staffContext.ts';

/** Who writes: a member who is active. Somebody whose access was closed is told so; a stranger never comes here. */
export async function identify(ctx: StaffContext, next: NextFunction): Promise<void> {
  const member = await ctx.staff.db.members.findOne({ telegram: chatId(ctx) });
  if (!member) return;
  ctx.member = member;
  if (member.active) return next();
  if (ctx.callbackQuery) return toast(ctx, 'staff.closed', undefined, true);
  await ctx.reply(ctx.staff.words.text(member, 'staff.closed'), { parse_mode: 'HTML' });
}
