import { elderFirst } from '../../flows/joining/elderFirst.ts';
import { mayJoin } from '../../flows/joining/mayJoin.ts';
import type { Decision } from '../../flows/facts.ts';
import { refused, theApplication } from '../act.ts';
import { findApplication, type Found } from '../findApplication.ts';
import { findSame, markOf } from '../findSame.ts';
import { redraw, toast, voice } from '../reply.ts';
import { forgetPlace, showCard } from '../showCard.ts';
import { eventId, type StaffContext } from '../staffContext.ts';
import { drawJoin, keepOf } from '../views/joinView.ts';
import { vacanciesById } from '../../models/vacanciesById.ts';
import type { CardHandlers } from './cardHandler.ts';
import { showSame } from './showSame.ts';

/** Two cards of one person become one: looked at first, then done, then taken back while nothing has happened. */
export const joinActs: CardHandlers = {
  join: async (ctx, id, mark = '', flags) => {
    const pair = await thePair(ctx, id, mark);
    if (!pair) return;
    const { found, other } = pair;
    const vacancies = await vacanciesById(ctx.staff.db);
    const all = [...vacancies.values()];
    if (![found.candidate, other].every((card) => mayJoin(ctx.member, card, all)))
      return toast(ctx, 'same.toast.notYours', undefined, true);
    await toast(ctx);
    const { candidate: me, application, pipelines } = found;
    const facts = { me, application, other, pipelines, vacancies, keep: keepOf(flags) };
    await redraw(ctx, drawJoin({ ...facts, speech: voice(ctx), now: ctx.staff.clock.now() }));
    await forgetPlace(ctx, id);
  },
  joinNow: async (ctx, id, mark = '', flags) => {
    const pair = await thePair(ctx, id, mark);
    if (!pair) return;
    const [elder, younger] = elderFirst(pair.found.candidate, pair.other);
    const decision = await ctx.staff.desk.perform(younger._id, {
      id: eventId(ctx),
      type: 'joinInto',
      by: ctx.member._id,
      into: elder._id,
      keep: keepOf(flags),
    });
    await show(ctx, pair.found, decision, 'same.toast.joined');
  },
  part: async (ctx, id) => {
    const found = await theApplication(ctx, id);
    if (!found) return;
    const { join, joined = [] } = found.candidate;
    const from = join?.from ?? joined.at(-1);
    if (from === undefined) return toast(ctx, 'same.toast.apart', undefined, true);
    const event = { id: eventId(ctx), type: 'partFrom' as const, by: ctx.member._id };
    await show(ctx, found, await ctx.staff.desk.perform(from, event), 'same.toast.parted');
  },
};

/** What was done or why not, and the card as it stands now. */
async function show(ctx: StaffContext, found: Found, decision: Decision, done: string): Promise<void> {
  if (decision.ok) await toast(ctx, done);
  else await refused(ctx, found, decision);
  await showCard(ctx, await goingOn(ctx, found.application.id));
}

/** Where it was closed as joined, the work goes on with the application that stays. */
async function goingOn(ctx: StaffContext, id: string): Promise<string> {
  const now = await findApplication(ctx.staff.db, id);
  const ended = now?.candidate.join?.ended.some(({ application }) => application === id);
  return ended === true ? (now?.application.next ?? id) : id;
}

/** The two a button names, as long as they still look alike; otherwise the screen says how things stand. */
async function thePair(ctx: StaffContext, id: string, mark: string) {
  const found = await theApplication(ctx, id);
  if (!found) return undefined;
  const same = await findSame(ctx.staff.db, found.candidate);
  const other = same.find(({ person }) => markOf(person) === mark)?.person;
  if (other) return { found, other };
  await toast(ctx, found.candidate.joined ? 'refusal.alreadyJoined' : 'staff.toast.stale', undefined, true);
  if (found.candidate.joined) await showCard(ctx, id);
  else await showSame(ctx, id);
  return undefined;
}
