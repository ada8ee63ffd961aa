import type { Candidate } from '../flows/candidate.ts';
import { decide } from '../flows/decide.ts';
import { addApplication } from '../flows/dialogs/startApplication.ts';
import type { Event } from '../flows/event.ts';
import type { Decision } from '../flows/facts.ts';
import type { Policy } from '../flows/policies/policy.ts';
import { Turn } from '../flows/turn.ts';
import type { Database } from '../models/database.ts';
import { isDuplicate } from '../models/databaseErrors.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import type { Publisher } from './makePublisher.ts';
import { makeQueues, type Queues } from './queues.ts';
import { type FactReader, parsePhone } from './readFacts.ts';

/** How often a decision is made again when another process was faster. */
const retries = 20;

export interface DeskDeps {
  db: Database;
  clock: Clock;
  policy: Policy;
  reader: FactReader;
  publisher: Publisher;
  queues?: Queues;
}

/**
 * Load, decide, commit, publish. State, version and effects are written by one conditional update; when somebody
 * else was faster the decision is made again on what they wrote. A crash after the commit loses nothing: the
 * effects stand in the document until they stand in their own collections, and publishing is safe to repeat.
 */
export function makeDesk({
  db,
  clock,
  policy,
  reader,
  publisher,
  queues = makeQueues(),
}: DeskDeps): Desk & { recover(): Promise<void> } {
  const published = new Map<string, number>();

  const publish = async (state: Candidate, event: Event | undefined): Promise<void> => {
    await publisher.publish(state, event);
    if (state.unpublished) {
      await db.candidates.updateOne(
        { _id: state._id, version: state.version },
        { $unset: { unpublished: 1 } },
      );
    }
    published.set(state._id, state.version);
    if (published.size > 5_000) published.clear();
  };

  const attempt = async (candidate: string, event: Event): Promise<Decision | 'again'> => {
    const state = await db.candidates.findOne({ _id: candidate });
    if (!state) return { ok: false, code: 'noSuchApplication' };
    if (state.outbox.length > 0 && published.get(candidate) !== state.version)
      await publish(state, undefined);
    if (state.decided.includes(event.id)) return { ok: true, state, effects: [] };
    const decision = decide(state, event, await reader.facts(state, event), clock.now());
    if (!decision.ok) return decision;
    const next = noted(decision.state, event.id);
    const { matchedCount } = await db.candidates.replaceOne({ _id: candidate, version: state.version }, next);
    if (matchedCount === 0) return 'again';
    await publish(next, event);
    return decision;
  };

  const perform = (candidate: string, event: Event): Promise<Decision> =>
    queues.run(candidate, async () => {
      for (let tries = 0; tries < retries; tries += 1) {
        const result = await attempt(candidate, event);
        if (result !== 'again') return result;
      }
      throw new Error(
        `candidate ${candidate}: event ${event.id} lost ${retries} races; it stays in the inbox`,
      );
    });

  const findOrMake = async (
    id: string,
    phone: string | undefined,
    name: string,
  ): Promise<[Candidate, known: boolean]> => {
    const found = phone ? await db.candidates.findOne({ phone }) : await db.candidates.findOne({ _id: id });
    if (found) return [found, found._id !== id];
    const state: Candidate = { ...newCandidate(id, policy, clock.now()), name, ...(phone && { phone }) };
    try {
      await db.candidates.insertOne(state);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    return [state, false];
  };

  return {
    perform,
    recover: async () => {
      const left = await db.candidates.find({ unpublished: true }).toArray();
      for (const state of left) await queues.run(state._id, () => publish(state, undefined));
    },
    addCandidate: async (lead) => {
      const phone = lead.phone === undefined ? undefined : parsePhone(lead.phone);
      const [person, known] = await findOrMake(`m${lead.id}`, phone, lead.name);
      return queues.run(person._id, async () => {
        for (let tries = 0; tries < retries; tries += 1) {
          const state = await db.candidates.findOne({ _id: person._id });
          if (!state) throw new Error(`candidate ${person._id} is gone`);
          const there = state.applications.find(({ vacancy }) => vacancy === lead.vacancy);
          if (there) return { candidate: state._id, application: there.id, known };
          const event: Event = {
            id: lead.id,
            type: 'attach',
            application: '',
            by: lead.by,
            vacancy: lead.vacancy,
          };
          const turn = new Turn(state, event, await reader.facts(state, event), clock.now());
          const application = addApplication(turn, lead.vacancy, lead.source, lead.by);
          application.stage = 'review';
          turn.tell(application, 'notice.newLead', { source: { key: `source.${lead.source}` } }, {}, [
            [{ label: { key: 'notice.button.take' }, data: `s:take:${application.id}`, style: 'success' }],
          ]);
          const next = {
            ...turn.state,
            version: state.version + 1,
            decided: [...state.decided, lead.id],
            outbox: turn.effects,
            unpublished: true,
          };
          const { matchedCount } = await db.candidates.replaceOne(
            { _id: state._id, version: state.version },
            next,
          );
          if (matchedCount === 0) continue;
          await publish(next, undefined);
          return { candidate: state._id, application: application.id, known };
        }
        throw new Error(`lead ${lead.id} lost ${retries} races`);
      });
    },
  };
}

/** Events that stand in the inbox until they are published; the others leave a mark on the document instead. */
const fromInbox = /^(tg|timer|slot):/;

function noted(state: Candidate, event: string): Candidate {
  const next = { ...state };
  delete next.unpublished;
  return fromInbox.test(event) ? next : { ...next, unpublished: true };
}

/** A person nobody knows yet. */
export function newCandidate(id: string, policy: Policy, now: number): Candidate {
  return {
    _id: id,
    version: 0,
    createdAt: now,
    channels: [],
    lang: policy.lang,
    zone: policy.zone,
    applications: [],
    decided: [],
    outbox: [],
  };
}

/** The candidate behind a chat; a new one when nobody is. Two first messages at once make one person. */
export async function candidateOf(
  db: Database,
  policy: Policy,
  reach: { channel: 'telegram'; address: string },
  lang: string,
  clock: Pick<Clock, 'now' | 'id'>,
): Promise<string> {
  const where = { channels: { $elemMatch: { channel: reach.channel, address: reach.address } } };
  const found = await db.candidates.findOne(where, { projection: { _id: 1 } });
  if (found) return found._id;
  const person: Candidate = {
    ...newCandidate(clock.id(12), policy, clock.now()),
    lang,
    channels: [{ ...reach }],
  };
  try {
    await db.candidates.insertOne(person);
    return person._id;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const other = await db.candidates.findOne(where, { projection: { _id: 1 } });
    if (!other) throw error;
    return other._id;
  }
}
