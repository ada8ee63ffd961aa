import { z } from 'zod';
import { type Posting, postingKey } from '../../flows/sites/posting.ts';
import { sourceNames } from '../../flows/sites/sourceNames.ts';
import { readPostings } from '../../models/readSites.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { type ApiRoute, defineRoute, none, type Outcome } from '../defineRoute.ts';
import { moment } from '../schemas/common.ts';
import { postingSchema } from '../schemas/vacancySchema.ts';
import { toIso } from '../toIso.ts';

const unplacedSchema = postingSchema
  .extend({
    id: z.string(),
    status: z.enum(['asked', 'notOurs']),
    at: moment,
    people: z.array(
      z.object({ id: z.string(), at: moment, name: z.string().optional(), phone: z.string().optional() }),
    ),
  })
  .meta({ id: 'UnplacedPosting' });

const list = defineRoute({
  id: 'listPostings',
  method: 'get',
  path: '/postings',
  tag: 'vacancies',
  role: 'reader',
  params: none,
  query: none,
  body: none,
  answers: { 200: z.object({ items: z.array(unplacedSchema) }).meta({ id: 'Postings' }) },
  problems: [],
  handle: async ({ db }) => ({ status: 200, body: { items: (await readPostings(db)).map(view) } }),
});

/** Where it came from, and what it is called there: `GET /postings` says both. A call outside any ad has no name. */
const which = z.strictObject({ source: z.enum(sourceNames), id: z.string().max(24) });

const notOurs = defineRoute({
  id: 'dropUnplacedPosting',
  method: 'post',
  path: '/postings/not-ours',
  tag: 'vacancies',
  role: 'admin',
  params: none,
  query: none,
  body: which,
  answers: { 200: unplacedSchema },
  problems: ['noSuchPosting', 'postingTaken'],
  handle: async (deps, { body }, { event, by, repeated }) => {
    const taken = await deps.db.vacancies.findOne({ postings: { $elemMatch: body }, status: 'open' });
    if (taken) return { problem: { code: 'postingTaken', params: { vacancy: taken._id } } };
    return turn(deps, body, () => (repeated ? undefined : deps.sources.drop(body, by, event)));
  },
});

const ours = defineRoute({
  id: 'restorePosting',
  method: 'post',
  path: '/postings/ours',
  tag: 'vacancies',
  role: 'admin',
  params: none,
  query: none,
  body: which,
  answers: { 200: unplacedSchema },
  problems: ['noSuchPosting'],
  handle: async (deps, { body }, { event, by, repeated }) =>
    turn(deps, body, () => (repeated ? undefined : deps.sources.takeBack(body, by, event))),
});

/** Postings that stand on no open vacancy, with who waits for one; those that are none of ours. */
export const postings: ApiRoute[] = [list, notOurs, ours];

/** Only what somebody came by is turned, and answered as it stands then. */
async function turn({ db }: ApiDeps, of: Posting, act: () => Promise<void> | undefined): Promise<Outcome> {
  const _id = postingKey(of);
  if (!(await db.postings.findOne({ _id }))) return { problem: { code: 'noSuchPosting' } };
  await act();
  const now = (await readPostings(db)).find(({ posting }) => posting._id === _id);
  return now ? { status: 200, body: view(now) } : { problem: { code: 'noSuchPosting' } };
}

function view({ posting, people }: Awaited<ReturnType<typeof readPostings>>[number]) {
  const { source, id, status, at } = posting;
  return {
    source,
    id,
    status,
    at: toIso(at),
    people: people.map(({ _id, at: came, lead }) => ({
      id: _id,
      at: toIso(came),
      name: lead?.name,
      phone: lead?.phone,
    })),
  };
}
