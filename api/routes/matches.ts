import { z } from 'zod';
import { canWrite } from '../../flows/matching/canWrite.ts';
import type { Match } from '../../flows/matching/rank.ts';
import { findMatches } from '../../runtime/findMatches.ts';
import type { Reader, Words } from '../../runtime/words.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { type ApiRoute, type Caller, defineRoute, none } from '../defineRoute.ts';
import type { ProblemCode } from '../problem.ts';
import { byId, id, moment } from '../schemas/common.ts';
import { toIso } from '../toIso.ts';

const matchesSchema = z
  .object({
    items: z.array(
      z.object({
        candidate: id,
        name: z.string().optional(),
        phone: z.string().optional(),
        points: z.number().meta({ description: 'api.field.matchPoints' }),
        reachable: z.boolean().meta({ description: 'api.field.matchReachable' }),
        reasons: z.array(z.object({ kind: z.string(), text: z.string() })),
      }),
    ),
  })
  .meta({ id: 'Matches' });

const offersSchema = z
  .object({
    items: z.array(
      z.object({
        candidate: id,
        name: z.string().optional(),
        at: moment,
        by: z.string(),
        answer: z.enum(['yes', 'later', 'no']).optional().meta({ description: 'api.field.offerAnswer' }),
      }),
    ),
  })
  .meta({ id: 'Offers' });

const offeredSchema = z
  .object({
    items: z.array(
      z.object({ candidate: id, result: z.string().meta({ description: 'api.field.offerResult' }) }),
    ),
  })
  .meta({ id: 'Offered' });

const common = { tag: 'vacancies', params: byId, problems: ['noSuchVacancy' as const] };

/** Whom a vacancy may be offered to, and offering it to all or some of them, as the bot's `/match` does. */
export const matches: ApiRoute[] = [
  defineRoute({
    ...common,
    id: 'listMatches',
    method: 'get',
    path: '/vacancies/{id}/matches',
    role: 'reader',
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(100).default(30).meta({ description: 'api.field.limit' }),
    }),
    body: none,
    answers: { 200: matchesSchema },
    handle: async (deps, { params, query }, { reader }) => {
      const vacancy = await deps.db.vacancies.findOne({ _id: params.id, status: 'open' });
      if (!vacancy) return { problem: { code: 'noSuchVacancy' } };
      const lexicon = Object.values(deps.words.lexicon);
      const found = (await findMatches({ ...deps, lexicon }, vacancy)).slice(0, query.limit);
      return { status: 200, body: { items: found.map((match) => matchView(deps.words, reader, match)) } };
    },
  }),
  defineRoute({
    ...common,
    id: 'listOffers',
    method: 'get',
    path: '/vacancies/{id}/offers',
    role: 'reader',
    query: none,
    body: none,
    answers: { 200: offersSchema },
    handle: async ({ db }, { params }) => {
      if (!(await db.vacancies.findOne({ _id: params.id }))) return { problem: { code: 'noSuchVacancy' } };
      const people = await db.candidates.find({ 'offers.vacancy': params.id }).toArray();
      const items = people.flatMap(({ _id, name, offers = [] }) =>
        offers
          .filter(({ vacancy }) => vacancy === params.id)
          .map(({ at, by, answer }) => ({ candidate: _id, name, at: toIso(at), by, answer })),
      );
      return { status: 200, body: { items: items.sort((a, b) => b.at.localeCompare(a.at)) } };
    },
  }),
  defineRoute({
    ...common,
    id: 'offerVacancy',
    method: 'post',
    path: '/vacancies/{id}/offers',
    role: 'admin',
    query: none,
    body: z.strictObject({
      candidates: z.array(id).min(1).max(100).meta({ description: 'api.field.offerTo' }),
    }),
    answers: { 200: offeredSchema },
    handle: async (deps, { params, body }, caller) => {
      const vacancy = await deps.db.vacancies.findOne({ _id: params.id, status: 'open' });
      if (!vacancy) return { problem: { code: 'noSuchVacancy' } };
      const items = [];
      for (const candidate of new Set(body.candidates))
        items.push({ candidate, result: await offer(deps, params.id, candidate, caller) });
      return { status: 200, body: { items } };
    },
  }),
];

/** An event of the person's own: one refusal stops nobody else, and the same request again offers nothing twice. */
async function offer(
  { db, desk }: ApiDeps,
  vacancy: string,
  candidate: string,
  { event, by }: Caller,
): Promise<'sent' | ProblemCode> {
  if (!(await db.candidates.findOne({ _id: candidate }))) return 'noSuchCandidate';
  const decision = await desk.perform(candidate, {
    id: `${event}:${candidate}`,
    type: 'offerVacancy',
    application: '',
    by,
    vacancy,
  });
  return decision.ok ? 'sent' : decision.code;
}

function matchView(words: Words, reader: Reader, { candidate, points, reasons }: Match) {
  const { _id, name, phone } = candidate;
  return {
    candidate: _id,
    name,
    phone,
    points,
    reachable: canWrite(candidate),
    reasons: reasons.map(({ kind, params }) => ({
      kind,
      text: words.label(reader, { key: `match.reason.${kind}`, ...(params && { params }) }),
    })),
  };
}
