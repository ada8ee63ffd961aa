import { findSame, markOf } from '../findSame.ts';
import { toast } from '../reply.ts';
import { eventId } from '../staffContext.ts';
import { showSame } from './showSame.ts';
import type { SubjectHandlers } from './subjectHandler.ts';

/** Two who look like one person: beside each other, and what is said about it. */
export const sameActs: SubjectHandlers = {
  same: async (ctx, subject) => {
    await toast(ctx);
    await showSame(ctx, subject);
  },
  differs: async (ctx, subject, mark = '') => {
    const { candidate, application } = subject;
    const same = await findSame(ctx.staff.db, candidate);
    const other = same.find(({ person }) => markOf(person) === mark);
    if (!other) return showSame(ctx, subject);
    const decision = await ctx.staff.desk.perform(candidate._id, {
      id: eventId(ctx),
      type: 'notSame',
      application: application?.id ?? '',
      by: ctx.member._id,
      other: other.person._id,
    });
    if (!decision.ok) return toast(ctx, `refusal.${decision.code}`, decision.params, true);
    await toast(ctx, 'same.toast.different');
    await showSame(ctx, { ...subject, candidate: decision.state });
  },
};
