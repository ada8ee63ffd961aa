import { z } from 'zod';
import type { Candidate } from '../../flows/candidate.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Database } from '../../models/database.ts';
import { followCard } from '../../models/followCard.ts';
import { soughtBy } from '../../models/soughtBy.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { pageOf, paging } from '../cursor.ts';
import { type ApiRoute, defineRoute, none } from '../defineRoute.ts';
import { callKey } from '../recordCall.ts';
import { candidateSchema } from '../schemas/candidateSchema.ts';
import { byId, id, pageSchema } from '../schemas/common.ts';
import { candidateView } from '../views/candidateView.ts';

const list = defineRoute({
  id: 'listCandidates',
  method: 'get',
  path: '/candidates',
  tag: 'candidates',
  role: 'reader',
  params: none,
  query: z.strictObject({
    q: z.string().trim().min(2).max(100).optional().meta({ description: 'api.field.q' }),
    vacancy: id.optional(),
    ...paging(z.tuple([z.string()])),
  }),
  body: none,
  answers: { 200: pageSchema('CandidatePage', candidateSchema) },
  problems: [],
  handle: async ({ db, policy }, { query: { q, vacancy, limit, after } }) => {
    const where = {
      merged: { $exists: false },
      ...(q && soughtBy(q, ['name'])),
      ...(vacancy && { 'applications.vacancy': vacancy }),
      ...(after && { _id: { $gt: after[0] } }),
    };
    const rows = await db.candidates
      .find(where)
      .sort({ _id: 1 })
      .limit(limit + 1)
      .toArray();
    const view = (row: (typeof rows)[number]) => candidateView(row, policy.slot.minutes);
    return { status: 200, body: pageOf(rows, limit, ({ _id }) => [_id], view) };
  },
});

const read = defineRoute({
  id: 'readCandidate',
  method: 'get',
  path: '/candidates/{id}',
  tag: 'candidates',
  role: 'reader',
  params: byId,
  query: none,
  body: none,
  answers: { 200: candidateSchema },
  problems: ['noSuchCandidate'],
  handle: async ({ db, policy }, { params }) => {
    const candidate = await followCard(db, params.id);
    if (!candidate) return { problem: { code: 'noSuchCandidate' } };
    return { status: 200, body: candidateView(candidate, policy.slot.minutes) };
  },
});

const erase = defineRoute({
  id: 'deleteCandidate',
  method: 'delete',
  path: '/candidates/{id}',
  tag: 'candidates',
  role: 'admin',
  params: byId,
  query: none,
  body: none,
  answers: { 200: candidateSchema },
  problems: ['noSuchCandidate', 'joinUnderWay', 'notAllowed'],
  handle: async ({ db, desk, policy }, { params }, { event, by, repeated }) => {
    const card = await followCard(db, params.id);
    if (!card && !repeated) return { problem: { code: 'noSuchCandidate' } };
    if (card && !card.forgotten && !repeated) {
      const decision = await desk.perform(card._id, { id: event, type: 'forgetPerson', by });
      if (!decision.ok && decision.code !== 'forgotten') return { problem: { code: decision.code } };
    }
    const left = await followCard(db, card?._id ?? params.id);
    const shown = left ?? (await nothingLeft(db, policy, params.id, { event, by }));
    return { status: 200, body: candidateView(shown, policy.slot.minutes) };
  },
});

/** Of somebody who never was anybody here no card is left: only that it was asked for, and when. */
async function nothingLeft(
  db: Pick<Database, 'ledger'>,
  policy: Policy,
  id: string,
  { event, by }: { event: string; by: string },
): Promise<Candidate> {
  const at = (await db.ledger.findOne({ _id: callKey(event) }))?.at ?? 0;
  return { ...newCandidate(id, policy, at), forgotten: { at, by, event } };
}

/** The people, by name or phone; deleted at their demand. */
export const candidates: ApiRoute[] = [list, read, erase];
