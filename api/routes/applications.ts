import { z } from 'zod';
import type { Application, Candidate } from '../../flows/candidate.ts';
import { pageOf, paging } from '../cursor.ts';
import { type ApiRoute, defineRoute, none } from '../defineRoute.ts';
import { applicationSchema, leadSchema } from '../schemas/applicationSchema.ts';
import { byId, id, pageSchema, stage } from '../schemas/common.ts';
import { showApplication } from '../showApplication.ts';
import { leadView } from '../views/leadView.ts';

const place = z.tuple([z.string(), z.string()]);

const list = defineRoute({
  id: 'listApplications',
  method: 'get',
  path: '/applications',
  tag: 'applications',
  role: 'reader',
  params: none,
  query: z.strictObject({
    stage: stage.optional(),
    vacancy: id.optional(),
    recruiter: id.optional(),
    ...paging(place),
  }),
  body: none,
  answers: { 200: pageSchema('LeadPage', leadSchema) },
  problems: [],
  handle: async ({ db, policy }, { query }) => {
    const { limit, after } = query;
    const wanted = {
      ...(query.stage && { stage: query.stage }),
      ...(query.vacancy && { vacancy: query.vacancy }),
      ...(query.recruiter && { recruiter: query.recruiter }),
    };
    const anything = Object.keys(wanted).length === 0;
    // Each person found has one that fits, save perhaps the first, whose last one ended the page before.
    const people = await db.candidates
      .find({
        ...(anything ? { 'applications.id': { $exists: true } } : { applications: { $elemMatch: wanted } }),
        ...(after && { _id: { $gte: after[0] } }),
      })
      .sort({ _id: 1 })
      .limit(limit + 2)
      .toArray();
    const rows = people.flatMap((candidate) => {
      const seen =
        candidate._id === after?.[0] ? candidate.applications.findIndex((one) => one.id === after[1]) : -1;
      return candidate.applications
        .slice(seen + 1)
        .filter((one) => fits(one, query))
        .map((application): [Candidate, Application] => [candidate, application]);
    });
    const page = pageOf(
      rows,
      limit,
      ([candidate, application]) => [candidate._id, application.id],
      ([candidate, application]) => leadView(candidate, application, policy.slot.minutes),
    );
    return { status: 200, body: page };
  },
});

function fits(
  application: Application,
  wanted: { stage?: string; vacancy?: string; recruiter?: string },
): boolean {
  return (
    (wanted.stage === undefined || application.stage === wanted.stage) &&
    (wanted.vacancy === undefined || application.vacancy === wanted.vacancy) &&
    (wanted.recruiter === undefined || application.recruiter === wanted.recruiter)
  );
}

const read = defineRoute({
  id: 'readApplication',
  method: 'get',
  path: '/applications/{id}',
  tag: 'applications',
  role: 'reader',
  params: byId,
  query: none,
  body: none,
  answers: { 200: applicationSchema },
  problems: ['noSuchApplication'],
  handle: async (deps, { params }) => {
    const candidate = await deps.db.candidates.findOne({ 'applications.id': params.id });
    const application = candidate?.applications.find((one) => one.id === params.id);
    if (!candidate || !application) return { problem: { code: 'noSuchApplication' } };
    return { status: 200, body: await showApplication(deps, candidate, application) };
  },
});

/** The applications: by stage, vacancy and recruiter, and one with everything. */
export const applications: ApiRoute[] = [list, read];
