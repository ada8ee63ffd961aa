import { Composer } from 'grammy';
import { followCard } from '../../models/followCard.ts';
import { noteLine } from '../views/noteLines.ts';
import { redraw, send, toast, voice } from '../reply.ts';
import { showCard } from '../showCard.ts';
import { eventId, type StaffContext } from '../staffContext.ts';

/** A person who is on no vacancy: `c:<verb>:<candidate>[:<vacancy>]`. Their way in is to be put on one. */
export const personHandlers = new Composer<StaffContext>();

personHandlers.callbackQuery(/^c:person:([^:]+)$/, async (ctx) => {
  const person = await followCard(ctx.staff.db, ctx.match[1] ?? '');
  if (!person) return toast(ctx, 'staff.toast.stale', undefined, true);
  const open = await ctx.staff.db.vacancies.find({ status: 'open' }).sort({ createdAt: -1 }).toArray();
  await toast(ctx);
  const key = open.length > 0 ? 'staff.ask.attach' : 'staff.ask.nowhereToAttach';
  const said = voice(ctx);
  const who = { name: person.name ?? '—', phone: person.phone ?? '—' };
  const members = await ctx.staff.db.members.find().toArray();
  const notes = (person.notes ?? []).slice(-3).map((note) => noteLine(said, members, note, 700));
  await send(ctx, {
    text: [said.text('staff.person.card', who), ...notes, said.text(key)].join('\n\n'),
    buttons: open
      .slice(0, 10)
      .map(({ _id, title }) => [
        { label: said.label({ words: title }), data: `c:attach:${person._id}:${_id}` },
      ]),
  });
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
