import { z } from 'zod';
import type { Candidate } from '../../flows/candidate.ts';
import type { SlotRow } from '../../models/rows.ts';
import { pageOf, paging } from '../cursor.ts';
import { type ApiRoute, defineRoute, none } from '../defineRoute.ts';
import { id, moment, pageSchema } from '../schemas/common.ts';
import { meetingSchema } from '../schemas/interviewSchema.ts';
import { fromIso } from '../toIso.ts';
import { interviewView } from '../views/interviewView.ts';

const list = defineRoute({
  id: 'listInterviews',
  method: 'get',
  path: '/interviews',
  tag: 'interviews',
  role: 'reader',
  params: none,
  query: z.strictObject({
    from: moment.optional().meta({ description: 'api.field.from' }),
    to: moment.optional().meta({ description: 'api.field.before' }),
    interviewer: id.optional(),
    ...paging(z.tuple([z.number(), z.string()])),
  }),
  body: none,
  answers: { 200: pageSchema('MeetingPage', meetingSchema) },
  problems: [],
  handle: async ({ db, policy }, { query }) => {
    const { limit, after, interviewer } = query;
    const from = Math.max(query.from === undefined ? 0 : fromIso(query.from), after?.[0] ?? 0);
    const start = { $gte: from, ...(query.to !== undefined && { $lt: fromIso(query.to) }) };
    const rows = await db.slots
      .find({
        start,
        ...(interviewer && { interviewer }),
        ...(after && { $or: [{ start: { $gt: after[0] } }, { start: after[0], _id: { $gt: after[1] } }] }),
      })
      .sort({ start: 1, _id: 1 })
      .limit(limit + 1)
      .toArray();
    const holders = [...new Set(rows.map(({ candidate }) => candidate))];
    const people = await db.candidates.find({ _id: { $in: holders } }).toArray();
    const page = pageOf(
      rows,
      limit,
      (row) => [row.start, row._id],
      (row) => meeting(row, people, policy.slot.minutes),
    );
    const items = page.items.filter((item) => item !== undefined);
    return { status: 200, body: { ...page, items } };
  },
});

/** The meeting in a taken window; nothing while its booking is still under way. */
function meeting(
  slot: SlotRow,
  people: Candidate[],
  minutes: number,
): z.output<typeof meetingSchema> | undefined {
  const person = people.find(({ _id }) => _id === slot.candidate);
  const application = person?.applications.find((one) => one.id === slot.application);
  const interview = application?.interview;
  if (!person || !application || !interview) return undefined;
  if (interview.start !== slot.start || interview.interviewer !== slot.interviewer) return undefined;
  return {
    ...interviewView(interview, minutes),
    application: application.id,
    candidate: person._id,
    name: person.name,
    phone: person.phone,
    vacancy: application.vacancy,
    recruiter: application.recruiter,
  };
}

/** The calendar of interviews, in order of time. */
export const interviews: ApiRoute[] = [list];
