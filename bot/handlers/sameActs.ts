import { perform, refused, theApplication } from '../act.ts';
import { findSame, markOf } from '../findSame.ts';
import { toast } from '../reply.ts';
import type { CardHandlers } from './cardHandler.ts';
import { showSame } from './showSame.ts';

/** Two who look like one person: beside each other, and what is said about it. */
export const sameActs: CardHandlers = {
  same: async (ctx, id) => {
    await toast(ctx);
    await showSame(ctx, id);
  },
  differs: async (ctx, id, mark = '') => {
    const found = await theApplication(ctx, id);
    if (!found) return;
    const same = await findSame(ctx.staff.db, found.candidate);
    const other = same.find(({ person }) => markOf(person) === mark);
    if (!other) return void (await showSame(ctx, id));
    const decision = await perform(ctx, found, { type: 'notSame', other: other.person._id });
    if (!decision.ok) return refused(ctx, found, decision);
    await toast(ctx, 'same.toast.different');
    await showSame(ctx, id);
  },
};
