import { Composer } from 'grammy';
import { redraw, send, toast, voice } from '../reply.ts';
import { showCard } from '../showCard.ts';
import { eventId, type StaffContext } from '../staffContext.ts';
import { subjectOfPerson } from '../subject.ts';
import { forgetActs } from './forgetActs.ts';
import { joinActs } from './joinActs.ts';
import { sameActs } from './sameActs.ts';
import { showPerson } from './showPerson.ts';
import type { SubjectHandlers } from './subjectHandler.ts';

/** A person who is on no vacancy: `c:<verb>:<candidate>[:<argument>…]`. Their way in is to be put on one. */
export const personHandlers = new Composer<StaffContext>();

personHandlers.callbackQuery(/^c:(person|back):([^:]+)$/, async (ctx) => {
  const [, verb, id = ''] = ctx.match;
  const subject = await subjectOfPerson(ctx, id);
  if (!subject) return;
  await toast(ctx);
  const anew = verb === 'person';
  if (subject.application) await showCard(ctx, subject.application.id, undefined, anew ? 'new' : undefined);
  else await showPerson(ctx, subject.candidate, anew ? send : redraw);
});

personHandlers.callbackQuery(/^c:attach:([^:]+):([^:]+)$/, async (ctx) => {
  const [, candidate = '', vacancy = ''] = ctx.match;
  const by = ctx.member._id;
  const decision = await ctx.staff.desk.perform(candidate, {
    id: eventId(ctx),
    type: 'attach',
    application: '',
    by,
    vacancy,
  });
  if (!decision.ok) return toast(ctx, `refusal.${decision.code}`, decision.params, true);
  await toast(ctx, 'staff.toast.attached');
  const added = decision.state.applications.findLast((one) => one.vacancy === vacancy);
  if (added) await showCard(ctx, added.id);
  else await redraw(ctx, { text: voice(ctx).text('staff.toast.attached'), buttons: [] });
});

const table: SubjectHandlers = { ...sameActs, ...joinActs, ...forgetActs };

personHandlers.callbackQuery(/^c:(\w+):([^:]+)(?::(.*))?$/, async (ctx) => {
  const [, verb = '', id = '', rest] = ctx.match;
  const handler = Object.hasOwn(table, verb) ? table[verb] : undefined;
  if (!handler) return toast(ctx, 'staff.toast.stale', undefined, true);
  const subject = await subjectOfPerson(ctx, id);
  if (subject) await handler(ctx, subject, ...(rest === undefined ? [] : rest.split(':')));
});
