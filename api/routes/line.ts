import { z } from 'zod';
import type { Application, Candidate } from '../../flows/candidate.ts';
import { type ApiRoute, defineRoute, none } from '../defineRoute.ts';
import { byId, format, id, moment } from '../schemas/common.ts';
import { toIso, toIsoIf } from '../toIso.ts';

const lineSchema = z
  .object({
    items: z.array(
      z.object({
        application: id,
        candidate: id,
        name: z.string().optional(),
        since: moment,
        format,
        interview: moment.optional().meta({ description: 'api.field.lineInterview' }),
        offer: z
          .object({ interviewer: id, start: moment, until: moment })
          .optional()
          .meta({ description: 'api.field.lineOffer' }),
      }),
    ),
  })
  .meta({ id: 'Line' });

type Item = z.output<typeof lineSchema>['items'][number];

/** Who asked to be told of a freed time, who asked first coming first. */
export const line: ApiRoute[] = [
  defineRoute({
    id: 'readLine',
    method: 'get',
    path: '/vacancies/{id}/line',
    tag: 'vacancies',
    role: 'reader',
    params: byId,
    query: none,
    body: none,
    answers: { 200: lineSchema },
    problems: ['noSuchVacancy'],
    handle: async ({ db }, { params }) => {
      if (!(await db.vacancies.findOne({ _id: params.id }))) return { problem: { code: 'noSuchVacancy' } };
      const waits = { vacancy: params.id, waiting: { $exists: true } };
      const people = await db.candidates.find({ applications: { $elemMatch: waits } }).toArray();
      const items = people
        .flatMap((person) => person.applications.flatMap((one) => itemOf(person, one, params.id)))
        .sort((a, b) => a.since.localeCompare(b.since));
      return { status: 200, body: { items } };
    },
  }),
];

function itemOf({ _id, name }: Candidate, application: Application, vacancy: string): Item[] {
  const { waiting, interview, offer } = application;
  if (application.vacancy !== vacancy || !waiting) return [];
  const { since, format: wanted } = waiting;
  return [
    {
      application: application.id,
      candidate: _id,
      name,
      since: toIso(since),
      format: wanted,
      interview: toIsoIf(interview?.start),
      offer:
        offer?.asked === undefined
          ? undefined
          : { interviewer: offer.interviewer, start: toIso(offer.start), until: toIso(offer.until) },
    },
  ];
}
