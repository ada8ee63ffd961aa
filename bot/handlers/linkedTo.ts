import { say, send } from '../reply.ts';
import { showCard } from '../showCard.ts';
import type { StaffContext } from '../staffContext.ts';
import { drawClientCall } from '../views/clientCallViews.ts';
import { drawGroup } from '../views/groupViews.ts';

/** What a link from outside the chat opens in it, by the beginning of its payload: `card_<application>` and the like. */
export const linkedTo: Record<string, (ctx: StaffContext, id: string) => Promise<unknown>> = {
  card: (ctx, id) => showCard(ctx, id, undefined, 'new'),
  group: async (ctx, id) => {
    const drawn = await drawGroup(ctx.staff, ctx.member, id);
    return drawn ? send(ctx, drawn) : say(ctx, 'refusal.groupGone');
  },
  call: async (ctx, id) => {
    const call = await ctx.staff.db.clientCalls.findOne({ _id: id });
    return call
      ? send(ctx, await drawClientCall(ctx.staff, ctx.member, call))
      : say(ctx, 'refusal.noSuchCall');
  },
};
