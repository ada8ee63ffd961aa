import { callQueue, type CallQueue } from '../../flows/calls/callQueue.ts';
import { callStages } from '../../flows/calls/isToCall.ts';
import type { Decision } from '../../flows/facts.ts';
import { openStages } from '../../flows/pipelines/openStages.ts';
import { readPipelines } from '../../models/pipelines.ts';
import { mayAct } from '../mayAct.ts';
import { redraw, say, send } from '../reply.ts';
import { eventId, type StaffContext } from '../staffContext.ts';
import { drawCallScreen } from '../views/callScreen.ts';
import { readCard } from '../views/makeCard.ts';
import { vacanciesById } from '../../models/vacanciesById.ts';

/** Whom this member may ring now. */
async function readQueue({ staff, member }: StaffContext): Promise<CallQueue> {
  const { db, clock, policy } = staff;
  const [pipelines, vacancies] = await Promise.all([readPipelines(db), vacanciesById(db)]);
  const owed = { $elemMatch: { kind: 'ringBack', done: { $exists: false } } };
  const found = await Promise.all([
    db.candidates.find({ 'applications.stage': { $in: callStages(pipelines) } }).toArray(),
    db.candidates
      .find({
        'applications.stage': { $in: openStages(pipelines) },
        applications: { $elemMatch: { tasks: owed } },
      })
      .toArray(),
  ]);
  const people = new Map(found.flat().map((person) => [person._id, person]));
  return callQueue([...people.values()], {
    member: member._id,
    may: (application) => mayAct(member, application, vacancies.get(application.vacancy)),
    pipelines,
    policy,
    now: clock.now(),
  });
}

/** Show the next person to ring, and keep them for this member meanwhile. Whom somebody else just took is passed over. */
export async function nextCall(ctx: StaffContext, at: 'new' | 'here'): Promise<void> {
  const { ready, next } = await readQueue(ctx);
  for (const [index, { application }] of ready.entries()) {
    const shown = await showCall(ctx, application.id, at, ready.length - index - 1);
    if (shown.ok) return;
  }
  if (next === undefined) return void (await say(ctx, 'calls.screen.empty'));
  await say(ctx, 'calls.screen.next', { when: { at: next, as: 'dateTime' } });
}

/** Hold one person and show them; refused when somebody else has them, or the call is not needed any more. */
export async function showCall(
  ctx: StaffContext,
  id: string,
  at: 'new' | 'here',
  left: number,
): Promise<Decision> {
  const facts = await readCard(ctx.staff, ctx.member, id);
  if (!facts) return { ok: false, code: 'noSuchApplication' };
  const decision = await ctx.staff.desk.perform(facts.candidate._id, {
    id: eventId(ctx, `hold:${id}`),
    type: 'holdCall',
    application: id,
    by: ctx.member._id,
  });
  if (!decision.ok) return decision;
  const drawn = drawCallScreen(facts, left);
  await (at === 'here' ? redraw(ctx, drawn) : send(ctx, drawn));
  return decision;
}
