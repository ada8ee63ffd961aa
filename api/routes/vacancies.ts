import { z } from 'zod';
import { pageOf, paging } from '../cursor.ts';
import { type ApiRoute, defineRoute, none } from '../defineRoute.ts';
import { byId, id, moment, pageSchema } from '../schemas/common.ts';
import { slotSchema, vacancySchema } from '../schemas/vacancySchema.ts';
import { fromIso } from '../toIso.ts';
import { slotView } from '../views/slotView.ts';
import { vacancyView } from '../views/vacancyView.ts';

const list = defineRoute({
  id: 'listVacancies',
  method: 'get',
  path: '/vacancies',
  tag: 'vacancies',
  role: 'reader',
  params: none,
  query: z.strictObject({
    status: z.enum(['open', 'archived']).optional(),
    ...paging(z.tuple([z.string()])),
  }),
  body: none,
  answers: { 200: pageSchema('VacancyPage', vacancySchema) },
  problems: [],
  handle: async ({ db }, { query: { status, limit, after } }) => {
    const where = { ...(status && { status }), ...(after && { _id: { $gt: after[0] } }) };
    const rows = await db.vacancies
      .find(where)
      .sort({ _id: 1 })
      .limit(limit + 1)
      .toArray();
    return { status: 200, body: pageOf(rows, limit, ({ _id }) => [_id], vacancyView) };
  },
});

const read = defineRoute({
  id: 'readVacancy',
  method: 'get',
  path: '/vacancies/{id}',
  tag: 'vacancies',
  role: 'reader',
  params: byId,
  query: none,
  body: none,
  answers: { 200: vacancySchema },
  problems: ['noSuchVacancy'],
  handle: async ({ db }, { params }) => {
    const vacancy = await db.vacancies.findOne({ _id: params.id });
    if (!vacancy) return { problem: { code: 'noSuchVacancy' } };
    return { status: 200, body: vacancyView(vacancy) };
  },
});

const slots = defineRoute({
  id: 'listSlots',
  method: 'get',
  path: '/vacancies/{id}/slots',
  tag: 'vacancies',
  role: 'reader',
  params: byId,
  query: z.strictObject({
    from: moment.optional(),
    to: moment.optional(),
    interviewer: id.optional(),
    ...paging(z.tuple([z.number(), z.string()])),
  }),
  body: none,
  answers: { 200: pageSchema('SlotPage', slotSchema) },
  problems: ['noSuchVacancy'],
  handle: async ({ db, free, policy }, { params, query }) => {
    const vacancy = await db.vacancies.findOne({ _id: params.id });
    if (!vacancy) return { problem: { code: 'noSuchVacancy' } };
    const { limit, interviewer, after } = query;
    const from = query.from === undefined ? -Infinity : fromIso(query.from);
    const to = query.to === undefined ? Infinity : fromIso(query.to);
    const rows = (await free(vacancy)).filter(
      (slot) =>
        slot.start >= from &&
        slot.start < to &&
        (interviewer === undefined || slot.interviewer === interviewer) &&
        (!after ||
          slot.start > after[0] ||
          (slot.start === after[0] && slot.interviewer.localeCompare(after[1]) > 0)),
    );
    const minutes = policy.slot.minutes;
    const page = pageOf(
      rows,
      limit,
      (slot) => [slot.start, slot.interviewer],
      (slot) => slotView(slot, minutes),
    );
    return { status: 200, body: page };
  },
});

/** Vacancies, and the windows in which their interviews can be. */
export const vacancies: ApiRoute[] = [list, read, slots];
