import { DateTime } from 'luxon';
import { z } from 'zod';
import { postingKey } from '../../flows/sites/posting.ts';
import { readPosting } from '../../flows/sites/readPosting.ts';
import { sourceFaults, sourceNames } from '../../flows/sites/sourceNames.ts';
import { readSites } from '../../models/readSites.ts';
import { parsePhone } from '../../runtime/readFacts.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { type ApiRoute, defineRoute, none, type Outcome } from '../defineRoute.ts';
import { byId, id, moment } from '../schemas/common.ts';
import { vacancySchema } from '../schemas/vacancySchema.ts';
import { toIsoIf } from '../toIso.ts';
import { vacancyView } from '../views/vacancyView.ts';

const waiting = z.number().int().meta({ description: 'api.field.waiting' });
const source = z.enum(sourceNames);
const sourcesSchema = z
  .object({
    items: z.array(
      z.object({
        source,
        connected: z.boolean(),
        readAt: moment.optional(),
        fault: z.enum(sourceFaults).optional(),
        today: z.number().int().meta({ description: 'api.field.today' }),
        waiting,
      }),
    ),
  })
  .meta({ id: 'Sources' });

/** Where leads come from by themselves, and which postings are whose vacancy. */
export const sites: ApiRoute[] = [
  defineRoute({
    id: 'listSources',
    method: 'get',
    path: '/sources',
    tag: 'vacancies',
    role: 'reader',
    params: none,
    query: none,
    body: none,
    answers: { 200: sourcesSchema },
    problems: [],
    handle: async ({ db, clock, policy, sources }) => {
      const since = DateTime.fromMillis(clock.now(), { zone: policy.zone }).startOf('day').toMillis();
      const items = (await readSites(db, since)).map(({ row, ...counts }) => ({
        source: row._id,
        connected: sources.connected.includes(row._id),
        readAt: toIsoIf(row.readAt),
        fault: row.fault?.why,
        ...counts,
      }));
      return { status: 200, body: { items } };
    },
  }),
  defineRoute({
    id: 'addPosting',
    method: 'post',
    path: '/vacancies/{id}/postings',
    tag: 'vacancies',
    role: 'admin',
    params: byId,
    query: none,
    body: z.strictObject({
      posting: z
        .string()
        .trim()
        .min(1)
        .max(500)
        .meta({ description: 'api.field.postingText', example: 'https://hh.ru/vacancy/12345678' }),
    }),
    answers: { 201: vacancySchema },
    problems: ['noSuchVacancy', 'badPosting', 'postingTaken'],
    handle: async (deps, { params, body }, { event, by }) => {
      const read = readPosting(body.posting, parsePhone);
      if (!read.ok) return { problem: { code: 'badPosting' } };
      if (!(await deps.db.vacancies.findOne({ _id: params.id })))
        return { problem: { code: 'noSuchVacancy' } };
      const other = await deps.vacancies.addPosting(params.id, read.posting, by, event);
      if (other) return { problem: { code: 'postingTaken', params: { vacancy: other._id } } };
      return vacancyNow(deps, params.id, 201);
    },
  }),
  defineRoute({
    id: 'dropPosting',
    method: 'delete',
    path: '/vacancies/{id}/postings/{source}/{posting}',
    tag: 'vacancies',
    role: 'admin',
    params: z.strictObject({ id, source, posting: z.string().min(1).max(24) }),
    query: none,
    body: none,
    answers: { 200: vacancySchema },
    problems: ['noSuchVacancy'],
    handle: async (deps, { params }, { event, by }) => {
      const key = postingKey({ source: params.source, id: params.posting });
      const vacancy = await deps.db.vacancies.findOne({ _id: params.id });
      const posting = vacancy?.postings?.find((one) => postingKey(one) === key);
      if (posting) await deps.vacancies.dropPosting(params.id, posting, by, event);
      return vacancyNow(deps, params.id, 200);
    },
  }),
];

async function vacancyNow({ db }: ApiDeps, _id: string, status: number): Promise<Outcome> {
  const vacancy = await db.vacancies.findOne({ _id });
  return vacancy ? { status, body: vacancyView(vacancy) } : { problem: { code: 'noSuchVacancy' } };
}
