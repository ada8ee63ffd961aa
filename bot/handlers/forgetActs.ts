import { redraw, toast, voice } from '../reply.ts';
import { forgetPlace, showCard } from '../showCard.ts';
import { eventId } from '../staffContext.ts';
import { dataOf } from '../subject.ts';
import { showPerson } from './showPerson.ts';
import type { SubjectHandlers } from './subjectHandler.ts';

/** A person's written demand to have their data deleted, carried out by the head: asked first, since nothing brings it back. */
export const forgetActs: SubjectHandlers = {
  forget: async (ctx, subject) => {
    const { candidate, application } = subject;
    if (ctx.member.role !== 'head') return toast(ctx, 'refusal.notAllowed', undefined, true);
    const said = voice(ctx);
    await toast(ctx);
    await redraw(ctx, {
      text: said.text('forget.staff.ask', { name: candidate.name ?? '—' }),
      buttons: [
        [said.button('forget.staff.button.now', dataOf(subject, 'forgetNow'), { style: 'danger' })],
        [said.button('staff.button.back', dataOf(subject, 'back'))],
      ],
    });
    if (application) await forgetPlace(ctx, application.id);
  },
  forgetNow: async (ctx, { candidate, application }) => {
    const event = { id: eventId(ctx), type: 'forgetPerson' as const, by: ctx.member._id };
    const decision = await ctx.staff.desk.perform(candidate._id, event);
    if (decision.ok) await toast(ctx, 'forget.staff.done');
    else await toast(ctx, `refusal.${decision.code}`, decision.params, true);
    if (application) await showCard(ctx, application.id);
    else await showPerson(ctx, decision.ok ? decision.state : candidate, redraw);
  },
};
