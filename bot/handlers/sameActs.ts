import { perform, refused, theApplication } from '../act.ts';
import { findSame } from '../findSame.ts';
import { redraw, toast, voice } from '../reply.ts';
import { forgetPlace } from '../showCard.ts';
import type { StaffContext } from '../staffContext.ts';
import { drawSame } from '../views/sameView.ts';
import type { CardHandlers } from './cardHandler.ts';

/** Two who look like one person: beside each other, and what is said about it. */
export const sameActs: CardHandlers = {
  same: async (ctx, id) => {
    await toast(ctx);
    await showSame(ctx, id);
  },
  differs: async (ctx, id, index = '') => {
    const found = await theApplication(ctx, id);
    if (!found) return;
    const other = (await findSame(ctx.staff.db, found.candidate))[Number(index)];
    if (!other) return void (await showSame(ctx, id));
    const decision = await perform(ctx, found, { type: 'notSame', other: other.person._id });
    if (!decision.ok) return refused(ctx, found, decision);
    await toast(ctx, 'same.toast.different');
    await showSame(ctx, id);
  },
};

async function showSame(ctx: StaffContext, id: string): Promise<void> {
  const found = await theApplication(ctx, id);
  if (!found) return;
  const same = await findSame(ctx.staff.db, found.candidate);
  await redraw(ctx, drawSame(voice(ctx), found.candidate, found.application, same));
  await forgetPlace(ctx, id);
}
