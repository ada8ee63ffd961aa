import type { Place } from '../flows/channels.ts';
import type { Candidate } from '../flows/candidate.ts';
import { decide } from '../flows/decide.ts';
import type { Event } from '../flows/event.ts';
import type { Decision } from '../flows/facts.ts';
import { isForgetting, phasesOfForgetting } from '../flows/forgetting/forgotten.ts';
import { staysHere } from '../flows/joining/joining.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Database } from '../models/database.ts';
import { isDuplicate } from '../models/databaseErrors.ts';
import type { Channels } from './channel.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import { makeForgetting } from './makeForgetting.ts';
import { makeJoins } from './makeJoins.ts';
import { makeLeads } from './makeLeads.ts';
import type { Publisher } from './makePublisher.ts';
import { newCandidate } from './newCandidate.ts';
import type { People } from './people.ts';
import { makeQueues, type Queues } from './queues.ts';
import type { FactReader } from './readFacts.ts';
import { untilReached } from './untilReached.ts';

/** How long after the last beginning of a joining or a deletion it is looked whether one was left, in milliseconds. */
const lookedAfter = 3_600_000;

/** How often a decision is made again when another process was faster. */
const retries = 20;

export interface DeskDeps {
  clock: Clock;
  db: Database;
  policy: Policy;
  people: People;
  reader: FactReader;
  publisher: Publisher;
  channels: Pick<Channels, 'telegram' | 'desk'>;
  /** The only product on this database: whatever is begun after its start, it begins itself. */
  alone: boolean;
  /** These were worked on, should they come again. */
  note: (events: string[], lane: string) => Promise<void>;
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
  people,
  reader,
  publisher,
  channels,
  alone,
  note,
  queues = makeQueues(),
}: DeskDeps): Desk & {
  recover(): Promise<void>;
  /** Cards whose joining or its taking back, or whose deletion, was left in the middle. */
  finishBegun(): Promise<void>;
} {
  const published = new Map<string, number>();

  let begunAt = -Infinity;

  /** Versions whose follow-ups are being decided. */
  const underWay = new Map<string, number>();

  const publish = async (state: Candidate, first: boolean): Promise<void> => {
    const { _id, version } = state;
    const followed = await publisher.publish(state, first);
    // Whether a window was ours is decided in the same breath: until then the document still asks for it.
    for (const event of followed) {
      underWay.set(_id, version);
      try {
        // Nobody would bring it again before the person's next event: a window would be held for nobody.
        await untilReached(clock, () => decided(_id, event));
      } finally {
        underWay.delete(_id);
      }
    }
    if (state.unpublished) people.published(state);
    if ((published.get(_id) ?? 0) > version) return;
    published.delete(_id);
    published.set(_id, version);
    const [oldest] = published.keys();
    if (published.size > 5_000 && oldest !== undefined) published.delete(oldest);
  };

  /** Its mark is taken off only when all of it stands where it lives: by whichever process, before or after a restart. */
  const isPublished = ({ _id, version, outbox, unpublished }: Candidate): boolean =>
    !unpublished || outbox.length === 0 || published.get(_id) === version || underWay.get(_id) === version;

  const attempt = async (
    candidate: string,
    event: Event,
    anew: boolean,
    committed?: () => void,
  ): Promise<Decision | 'again'> => {
    const sure = anew || !people.holds(candidate);
    const state = await people.read(candidate, anew);
    if (!state) return { ok: false, code: 'noSuchApplication' };
    if (!isPublished(state)) {
      await publish(state, false);
      return 'again';
    }
    if (state.decided.includes(event.id)) return { ok: true, state, effects: [] };
    if (state.merged && !staysHere(event)) {
      // What is remembered may have been taken back meanwhile.
      if (!sure) return 'again';
      if (state.merged.phase === undefined) return perform(state.merged.into, event, committed);
      await joins.finish(state);
      return 'again';
    }
    if (state.forgotten?.phase && !isForgetting(event)) {
      if (!sure) return 'again';
      await forgetting.finish(state);
      return 'again';
    }
    const decision = decide(state, event, await reader.facts(state, event), clock.now());
    // A refusal changes nothing, so nothing has checked that what is remembered still holds.
    if (!decision.ok) return sure ? decision : 'again';
    const next = publisher.prepare({ ...decision.state, unpublished: true }, event);
    if (begins(event) || event.type === 'forgetPerson') begunAt = clock.real();
    if (!(await people.commit(state, next))) return 'again';
    committed?.();
    await publish(next, true);
    if (event.type === 'forgetPerson') await forgetting.finish(next);
    return begins(event) && next.merged?.phase ? joins.finish(next) : decision;
  };

  const decided = async (candidate: string, event: Event, committed?: () => void): Promise<Decision> => {
    for (let tries = 0; tries < retries; tries += 1) {
      const result = await attempt(candidate, event, tries > 0, committed);
      if (result !== 'again') return result;
    }
    throw new Error(`candidate ${candidate}: event ${event.id} lost ${retries} races; it stays in the inbox`);
  };

  const joins = makeJoins({
    db,
    carry: (candidate, event) => perform(candidate, event),
    own: (candidate, event) => decided(candidate, event),
  });

  const forgetting = makeForgetting({ db, clock, channels, note, own: (id, event) => decided(id, event) });

  const perform: Desk['perform'] = (candidate, event, committed) =>
    queues.run(candidate, () => decided(candidate, event, committed));

  const addCandidate = makeLeads({
    db,
    clock,
    policy,
    people,
    reader,
    publisher,
    queues,
    joins,
    publish,
    isPublished,
  });

  const finishLeft = async (): Promise<void> => {
    const begun = {
      $or: [{ merging: true as const }, { 'forgotten.phase': { $in: [...phasesOfForgetting] } }],
    };
    const left = await db.candidates.find(begun, { projection: { _id: 1 } }).toArray();
    if (left.length > 0) begunAt = clock.real();
    for (const { _id } of left)
      await queues.run(_id, async () => {
        const state = await people.read(_id, true);
        if (!state?.merging && !state?.forgotten?.phase) return;
        if (!isPublished(state)) await publish(state, false);
        await (state.merging ? joins : forgetting).finish(state);
      });
  };

  return {
    perform,
    recover: async () => {
      const left = await db.candidates.find({ unpublished: true }).toArray();
      for (const state of left) await queues.run(state._id, () => publish(state, false));
      await finishLeft();
    },
    finishBegun: async () => {
      if (!alone || clock.real() - begunAt < lookedAfter) await finishLeft();
    },
    addCandidate,
  };
}

/** The first step of a joining, or of its taking back: the others follow at once. */
function begins({ type }: Event): boolean {
  return type === 'joinInto' || type === 'partFrom';
}

/** The candidate behind a chat, when there is one. */
export async function findCandidate(db: Database, reach: Place): Promise<string | undefined> {
  const chat = { $elemMatch: { channel: reach.channel, address: reach.address } };
  const only = { projection: { _id: 1 } };
  const found = await db.candidates.findOne({ channels: chat }, only);
  // In the middle of a joining a chat is nobody's for a moment: the card it was on knows where it goes.
  return (found ?? (await db.candidates.findOne({ 'merged.channels': chat }, only)))?._id;
}

/** The candidate behind a chat; a new one when nobody is. Two first messages at once make one person. */
export async function candidateOf(
  db: Database,
  policy: Policy,
  reach: Place,
  lang: string,
  clock: Pick<Clock, 'now' | 'id'>,
): Promise<string> {
  const found = await findCandidate(db, reach);
  if (found !== undefined) return found;
  const person: Candidate = {
    ...newCandidate(clock.id(12), policy, clock.now()),
    lang,
    channels: [{ channel: reach.channel, address: reach.address }],
  };
  try {
    await db.candidates.insertOne(person);
    return person._id;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const other = await findCandidate(db, reach);
    if (other === undefined) throw error;
    return other;
  }
}
