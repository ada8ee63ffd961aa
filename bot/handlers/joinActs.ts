import type { Candidate } from '../../flows/candidate.ts';
import { elderFirst } from '../../flows/joining/elderFirst.ts';
import { mayJoin } from '../../flows/joining/mayJoin.ts';
import type { Decision } from '../../flows/facts.ts';
import { readPipelines } from '../../models/pipelines.ts';
import { vacanciesById } from '../../models/vacanciesById.ts';
import { findApplication } from '../findApplication.ts';
import { findSame, markOf } from '../findSame.ts';
import { redraw, toast, voice } from '../reply.ts';
import { forgetPlace, showCard } from '../showCard.ts';
import { eventId, type StaffContext } from '../staffContext.ts';
import { type Subject, subjectOfPerson } from '../subject.ts';
import { drawJoin, keepOf } from '../views/joinView.ts';
import { showPerson } from './showPerson.ts';
import { showSame } from './showSame.ts';
import type { SubjectHandlers } from './subjectHandler.ts';

/** Two cards of one person become one: looked at first, then done, then taken back while nothing has happened. */
export const joinActs: SubjectHandlers = {
  join: async (ctx, subject, mark = '', flags) => {
    const other = await theOther(ctx, subject, mark);
    if (!other) return;
    const { db, clock } = ctx.staff;
    const [vacancies, pipelines] = await Promise.all([vacanciesById(db), readPipelines(db)]);
    const all = [...vacancies.values()];
    if (![subject.candidate, other].every((card) => mayJoin(ctx.member, card, all)))
      return toast(ctx, 'same.toast.notYours', undefined, true);
    await toast(ctx);
    const facts = { subject, other, pipelines, vacancies, keep: keepOf(flags) };
    await redraw(ctx, drawJoin({ ...facts, speech: voice(ctx), now: clock.now() }));
    if (subject.application) await forgetPlace(ctx, subject.application.id);
  },
  joinNow: async (ctx, subject, mark = '', flags) => {
    const other = await theOther(ctx, subject, mark);
    if (!other) return;
    const [elder, younger] = elderFirst(subject.candidate, other);
    const decision = await ctx.staff.desk.perform(younger._id, {
      id: eventId(ctx),
      type: 'joinInto',
      by: ctx.member._id,
      into: elder._id,
      keep: keepOf(flags),
    });
    await show(ctx, subject, decision, 'same.toast.joined');
  },
  part: async (ctx, subject) => {
    const { join, joined = [] } = subject.candidate;
    const from = join?.from ?? joined.at(-1);
    if (from === undefined) return toast(ctx, 'same.toast.apart', undefined, true);
    const event = { id: eventId(ctx), type: 'partFrom' as const, by: ctx.member._id };
    await show(ctx, subject, await ctx.staff.desk.perform(from, event), 'same.toast.parted');
  },
};

/** What was done or why not, and the card as it stands now. */
async function show(ctx: StaffContext, subject: Subject, decision: Decision, done: string): Promise<void> {
  if (decision.ok) await toast(ctx, done);
  else await toast(ctx, `refusal.${decision.code}`, decision.params, true);
  await showNow(ctx, subject);
}

/** The card as it stands now: a person who was on no vacancy may be on one by the other's card. */
async function showNow(ctx: StaffContext, { candidate, application }: Subject): Promise<void> {
  if (application) return void (await showCard(ctx, await goingOn(ctx, application.id)));
  const now = await subjectOfPerson(ctx, candidate._id);
  if (now?.application) await showCard(ctx, now.application.id);
  else if (now) await showPerson(ctx, now.candidate, redraw);
}

/** Where it was closed as joined, the work goes on with the application that stays. */
async function goingOn(ctx: StaffContext, id: string): Promise<string> {
  const now = await findApplication(ctx.staff.db, id);
  const ended = now?.candidate.join?.ended.some(({ application }) => application === id);
  return ended === true ? (now?.application.next ?? id) : id;
}

/** The one a button names, as long as the two still look alike; otherwise the screen says how things stand. */
async function theOther(ctx: StaffContext, subject: Subject, mark: string): Promise<Candidate | undefined> {
  const { candidate } = subject;
  const same = await findSame(ctx.staff.db, candidate);
  const other = same.find(({ person }) => markOf(person) === mark)?.person;
  if (other) return other;
  await toast(ctx, candidate.joined ? 'refusal.alreadyJoined' : 'staff.toast.stale', undefined, true);
  if (candidate.joined) await showNow(ctx, subject);
  else await showSame(ctx, subject);
  return undefined;
}
