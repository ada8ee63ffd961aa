import { z } from 'zod';
import type { Application, Candidate } from '../../flows/candidate.ts';
import { nearest } from '../../flows/freeSlots.ts';
import { ownWindow } from '../../flows/ownWindow.ts';
import type { Format, Vacancy } from '../../flows/vacancy.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { type ApiRoute, defineRoute, none, type Outcome } from '../defineRoute.ts';
import { applicationSchema } from '../schemas/applicationSchema.ts';
import { byId, format, id, moment } from '../schemas/common.ts';
import { fromIso } from '../toIso.ts';
import { showApplication } from '../showApplication.ts';
import { slotView } from '../views/slotView.ts';

/** How long the answer to a booking is waited for, and how often it is looked for, in milliseconds. */
const patience = 3_000;
const look = 15;

const book = defineRoute({
  id: 'bookInterview',
  method: 'post',
  path: '/applications/{id}/interview',
  tag: 'interviews',
  role: 'admin',
  params: byId,
  query: none,
  body: z.strictObject({
    interviewer: id.optional().meta({ description: 'api.field.anyInterviewer' }),
    start: moment,
    format,
  }),
  answers: { 200: applicationSchema, 202: applicationSchema },
  problems: ['noSuchApplication', 'notAllowed', 'wrongStage', 'slotInPast', 'slotTaken', 'formatNotOffered'],
  handle: async (deps, { params, body }, { by, event, repeated }) => {
    const { db, desk, free, policy } = deps;
    const start = fromIso(body.start);
    const [candidate, application] = await find(deps, params.id);
    if (!candidate || !application) return { problem: { code: 'noSuchApplication' } };
    const view = async (person: Candidate, one: Application, status = 200): Promise<Outcome> => ({
      status,
      body: await showApplication(deps, person, one),
    });
    if (repeated || holds(application, start, body)) return view(candidate, application);
    const vacancy = await db.vacancies.findOne({ _id: application.vacancy });
    if (!vacancy) return { problem: { code: 'noSuchVacancy' } };
    for (const interviewer of await interviewers(deps, vacancy, application, start, body)) {
      const decision = await desk.perform(candidate._id, {
        id: `${event}:${interviewer}`,
        type: 'setInterview',
        application: application.id,
        by,
        interviewer,
        start,
        format: body.format,
      });
      if (!decision.ok && decision.code === 'slotTaken') continue;
      if (!decision.ok) return { problem: { code: decision.code, params: decision.params } };
      const [person, now] = await answer(deps, application.id, { ...body, interviewer }, start);
      if (person && now && holds(now, start, { ...body, interviewer })) return view(person, now);
      const slot = await db.slots.findOne({ _id: `${interviewer}:${start}` });
      // Ours, and not yet written down: an answer that takes longer than anybody should wait for.
      if (person && now && slot?.application === application.id) return view(person, now, 202);
    }
    const windows = nearest(await free(vacancy), start, 3);
    const more = { nearest: windows.map((slot) => slotView(slot, policy.slot.minutes)) };
    return { problem: { code: 'slotTaken', more } };
  },
});

async function find({ db }: ApiDeps, id: string): Promise<[Candidate?, Application?]> {
  const candidate = await db.candidates.findOne({ 'applications.id': id });
  if (!candidate) return [];
  return [candidate, candidate.applications.find((one) => one.id === id)];
}

/** Is this the interview that was asked for? */
function holds(
  { interview }: Application,
  start: number,
  asked: { interviewer?: string; format: string },
): boolean {
  return (
    interview?.start === start &&
    interview.format === asked.format &&
    (asked.interviewer === undefined || interview.interviewer === asked.interviewer)
  );
}

/** The one who was named, whether free or not (the core answers that), or all who are free then. */
async function interviewers(
  { free, clock }: ApiDeps,
  vacancy: Vacancy,
  application: Application,
  start: number,
  { interviewer: named, format }: { interviewer?: string | undefined; format: Format },
): Promise<string[]> {
  if (named !== undefined) return [named];
  const own = ownWindow(application, format, clock.now());
  if (own?.start === start) return [own.interviewer];
  const able = (await free(vacancy)).filter((slot) => slot.start === start);
  // Nobody: asked of the first all the same, so that a stage or a format that forbids it is what is answered.
  return able.length > 0 ? able.map(({ interviewer }) => interviewer) : vacancy.interviewers.slice(0, 1);
}

/** The window is taken by one write; the interview follows as an event of its own, a moment later. */
async function answer(
  deps: ApiDeps,
  id: string,
  asked: { interviewer: string; format: Format },
  start: number,
): Promise<[Candidate?, Application?]> {
  const until = deps.clock.real() + patience;
  for (;;) {
    const found = await find(deps, id);
    if (found[1] && holds(found[1], start, asked)) return found;
    const slot = await deps.db.slots.findOne({ _id: `${asked.interviewer}:${start}` });
    if (slot?.application !== id || deps.clock.real() > until) return found;
    await new Promise((resolve) => setTimeout(resolve, look));
  }
}

/** An interview is set or moved through the same one conditional write as the candidate's own choice. */
export const booking: ApiRoute[] = [book];
