import { z } from 'zod';
import type { Candidate } from '../../flows/candidate.ts';
import type { Event } from '../../flows/event.ts';
import { elderFirst } from '../../flows/joining/elderFirst.ts';
import { followCard } from '../../models/followCard.ts';
import { readDuplicates } from '../../models/readDuplicates.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { pageOf, paging } from '../cursor.ts';
import { type ApiRoute, type Caller, defineRoute, none, type Outcome } from '../defineRoute.ts';
import { candidateSchema, duplicateSchema } from '../schemas/candidateSchema.ts';
import { byId, id, pageSchema } from '../schemas/common.ts';
import { candidateView } from '../views/candidateView.ts';

const side = z.enum(['elder', 'younger']).default('elder');
const other = id.meta({ description: 'api.field.otherCard' });

const list = defineRoute({
  id: 'listDuplicates',
  method: 'get',
  path: '/candidates/duplicates',
  tag: 'candidates',
  role: 'reader',
  params: none,
  query: z.strictObject(paging(z.tuple([z.string()]))),
  body: none,
  answers: { 200: pageSchema('DuplicatePage', duplicateSchema) },
  problems: [],
  handle: async ({ db }, { query: { limit, after } }) => {
    const read = await readDuplicates(db, { limit: limit + 1, ...(after && { after: after[0] }) });
    const page = pageOf(
      read.people,
      limit,
      ({ _id }) => [_id],
      ({ _id }) => read.pairs.filter(({ person }) => person._id === _id),
    );
    const items = page.items.flat().map(({ person, other: alike, signs }) => {
      const [elder, younger] = elderFirst(person, alike);
      return { elder: cardOf(elder), younger: cardOf(younger), signs };
    });
    return { status: 200, body: { ...page, items } };
  },
});

function cardOf({ _id, name, phone }: Candidate) {
  return { id: _id, name, phone };
}

const merge = defineRoute({
  id: 'mergeCandidates',
  method: 'post',
  path: '/candidates/{id}/merge',
  tag: 'candidates',
  role: 'admin',
  params: byId,
  query: none,
  body: z.strictObject({
    other,
    name: side.meta({ description: 'api.field.keepName' }),
    phone: side.meta({ description: 'api.field.keepPhone' }),
  }),
  answers: { 200: candidateSchema },
  problems: ['noSuchCandidate', 'alreadyJoined', 'joinUnderWay', 'notAllowed'],
  handle: async (deps, { params, body: { other: second, ...keep } }, caller) => {
    const [one, two] = await Promise.all([followCard(deps.db, params.id), followCard(deps.db, second)]);
    if (!one || !two) return { problem: { code: 'noSuchCandidate' } };
    if (one._id === two._id && !caller.repeated) return { problem: { code: 'alreadyJoined' } };
    const [elder, younger] = elderFirst(one, two);
    const event = { id: caller.event, type: 'joinInto' as const, by: caller.by, into: elder._id, keep };
    return perform(deps, caller, younger._id, event, elder._id);
  },
});

const unmerge = defineRoute({
  id: 'unmergeCandidates',
  method: 'post',
  path: '/candidates/{id}/unmerge',
  tag: 'candidates',
  role: 'admin',
  params: byId,
  query: none,
  body: none,
  answers: { 200: candidateSchema },
  problems: ['noSuchCandidate', 'nothingToUndo', 'joinMovedOn', 'joinUnderWay', 'notAllowed'],
  handle: async (deps, { params }, caller) => {
    const card = await followCard(deps.db, params.id);
    if (!card) return { problem: { code: 'noSuchCandidate' } };
    const from = card.join?.from ?? card.joined?.at(-1);
    if (from === undefined && !caller.repeated) return { problem: { code: 'nothingToUndo' } };
    const event = { id: caller.event, type: 'partFrom' as const, by: caller.by };
    return perform(deps, caller, from ?? '', event, card._id);
  },
});

const notSame = defineRoute({
  id: 'tellCandidatesApart',
  method: 'post',
  path: '/candidates/{id}/not-same',
  tag: 'candidates',
  role: 'admin',
  params: byId,
  query: none,
  body: z.strictObject({ other }),
  answers: { 200: candidateSchema },
  problems: ['noSuchCandidate', 'notAllowed'],
  handle: async (deps, { params, body }, caller) => {
    const [one, two] = await Promise.all([followCard(deps.db, params.id), followCard(deps.db, body.other)]);
    if (!one || !two || one._id === two._id) return { problem: { code: 'noSuchCandidate' } };
    const application = one.applications.at(-1)?.id ?? '';
    const base = { id: caller.event, application, by: caller.by };
    return perform(deps, caller, one._id, { ...base, type: 'notSame', other: two._id }, one._id);
  },
});

/** Have it decided on one card, unless this very request was, and answer how the other stands. */
async function perform(
  { db, desk, policy }: ApiDeps,
  { repeated }: Caller,
  card: string,
  event: Event,
  shown: string,
): Promise<Outcome> {
  const decision = repeated ? undefined : await desk.perform(card, event);
  if (decision?.ok === false) return { problem: { code: decision.code, params: decision.params } };
  const now = await followCard(db, shown);
  return now
    ? { status: 200, body: candidateView(now, policy.slot.minutes) }
    : { problem: { code: 'noSuchCandidate' } };
}

/** Two cards that look like one person's: found, joined, parted, told apart. */
export const duplicates: ApiRoute[] = [list, merge, unmerge, notSame];
