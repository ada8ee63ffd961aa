import { Composer } from 'grammy';
import type { RefusalCode } from '../../flows/facts.ts';
import { redraw, send, toast } from '../reply.ts';
import { eventId, type StaffContext } from '../staffContext.ts';
import { drawAccess, drawInvite, drawMember, findWaiting } from '../views/accessViews.ts';
import { startWizard } from '../wizards/startWizard.ts';

/** Who is let in: invites, and access that is opened and closed. The head's, and recruiters' for their clients. */
export const memberHandlers = new Composer<StaffContext>();

memberHandlers.command('invite', (ctx) => startWizard(ctx, 'invite'));
memberHandlers.callbackQuery('mb:new', async (ctx) => {
  await toast(ctx);
  await startWizard(ctx, 'invite');
});

memberHandlers.command('access', async (ctx) => {
  await send(ctx, await drawAccess(ctx.staff, ctx.member, 0));
});
memberHandlers.callbackQuery(/^mb:list:(\d+)$/, async (ctx) => {
  await toast(ctx);
  await redraw(ctx, await drawAccess(ctx.staff, ctx.member, Number(ctx.match[1])));
});

memberHandlers.callbackQuery(/^mb:open:(.+)$/, async (ctx) => {
  await toast(ctx);
  await redraw(ctx, await drawMember(ctx.staff, ctx.member, ctx.match[1] ?? ''));
});
memberHandlers.callbackQuery(/^mb:ask:(.+)$/, async (ctx) => {
  await toast(ctx);
  await redraw(ctx, await drawMember(ctx.staff, ctx.member, ctx.match[1] ?? '', true));
});
memberHandlers.callbackQuery(/^mb:(close|allow):(.+)$/, async (ctx) => {
  const [, act, id = ''] = ctx.match;
  const { members } = ctx.staff;
  await done(ctx, await members.setActive(eventId(ctx), id, ctx.member._id, act === 'allow'), `${act}`);
  await redraw(ctx, await drawMember(ctx.staff, ctx.member, id));
});
memberHandlers.callbackQuery(/^mb:keep:(.+)$/, async (ctx) => {
  const [, id = ''] = ctx.match;
  await done(ctx, await ctx.staff.members.keep(id, ctx.member._id), 'keep');
  await redraw(ctx, await drawMember(ctx.staff, ctx.member, id));
});

memberHandlers.callbackQuery(/^mb:invite:(.+)$/, async (ctx) => {
  await toast(ctx);
  await redraw(ctx, await drawInvite(ctx.staff, ctx.member, ctx.match[1] ?? ''));
});
memberHandlers.callbackQuery(/^mb:revoke:(.+)$/, async (ctx) => {
  const { db, members } = ctx.staff;
  const invite = await findWaiting(db, ctx.member, ctx.match[1] ?? '');
  await done(ctx, invite ? await members.revoke(invite._id, ctx.member._id) : 'inviteUsed', 'revoke');
  await redraw(ctx, await drawAccess(ctx.staff, ctx.member, 0));
});

/** A short word over the button: what was done, or why it was not. */
function done(ctx: StaffContext, code: RefusalCode | undefined, act: string): Promise<void> {
  return code ? toast(ctx, `refusal.${code}`, undefined, true) : toast(ctx, `invite.toast.${act}`);
}
