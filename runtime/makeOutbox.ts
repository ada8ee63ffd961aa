import type { Candidate } from '../flows/candidate.ts';
import type { Member } from '../flows/member.ts';
import type { Params } from '../flows/effect.ts';
import type { Policy } from '../flows/policies/policy.ts';
import { afterQuiet } from '../flows/quietHours.ts';
import type { Database } from '../models/database.ts';
import type { LedgerRow } from '../models/rows.ts';
import { batch } from './batch.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import { makeQueues } from './queues.ts';
import type { FactReader } from './readFacts.ts';
import type { Channel, SendResult } from './channel.ts';
import { untilReached } from './untilReached.ts';
import { type Rendered, renderMessage, type Words } from './words.ts';

/** Delivers what is due, each row once: pending → sending → sent | uncertain | failed | superseded. */
export interface Outbox {
  /** @param state the candidate as just committed, when it is at hand */
  deliver(row: LedgerRow, state?: Candidate): void;
  /** Is nothing under way to this recipient? Then a row may be claimed before it is inserted. */
  free(to: LedgerRow['to']): boolean;
  /**
   * Send what the commit of its decision claimed, before it stands in the ledger; again for one under way: nothing.
   * Ends when the outcomes are known, or after a moment without them; the rows say then what is known.
   */
  sendEarly(rows: LedgerRow[], state: Candidate): Promise<void>;
  isEarly(id: string): boolean;
  /** They stand in the ledger now; `fresh`: as they were given. */
  stored(rows: LedgerRow[], fresh: Set<string>): void;
  /** It was claimed by a process that ended: nobody knows whether it was sent. */
  lost(row: LedgerRow): void;
  deliverById(id: string): Promise<void>;
  /** After a start: rows of a dead process. What was being sent is uncertain; what was not, is sent. */
  recover(): Promise<void>;
  size(): number;
}

/** Sends that certainly did not arrive are tried again for so long, in milliseconds: Telegram can be away a while. */
const giveUp = 15 * 60_000;

/** How long a row may wait for its outcome before it is written without, in milliseconds. */
const patience = 100;

/** A message that is being sent and stands in no ledger row yet. */
interface Early {
  outcome: PromiseWithResolvers<undefined>;
  ledger: PromiseWithResolvers<undefined>;
  /** What came of it. */
  set?: Partial<LedgerRow>;
  /** What of that the row was inserted with. */
  written?: Partial<LedgerRow>;
}

export type View = (reader: Member, params: Params) => Promise<Rendered | undefined>;

export function makeOutbox(deps: {
  db: Database;
  clock: Clock;
  words: Words;
  channel: Channel;
  policy: Policy;
  reader: () => FactReader;
  desk: () => Desk;
  views: () => Record<string, View>;
  /** A person nobody knows is about to be dropped. */
  forgetting: (candidate: string) => Promise<void>;
  wakeAt: (row: LedgerRow, due: number) => Promise<void>;
  owner: string;
  /** The only product on this database: whatever another owner was sending, it is dead. */
  alone: boolean;
  log: (line: object) => void;
}): Outbox {
  const { db, clock, words, channel, owner, log } = deps;
  const queues = makeQueues();

  const mark = batch<{ id: string; set: Partial<LedgerRow> }>(clock, async (orders) => {
    const operations = orders.map(({ id, set }) => ({
      updateOne: { filter: { _id: id }, update: { $set: set } },
    }));
    // What became of a message must not be forgotten because the database was away just then.
    await untilReached(clock, () => db.ledger.bulkWrite(operations, { ordered: false }));
  });

  const early = new Map<string, Early>();

  const end = async (row: LedgerRow, set: Partial<LedgerRow>): Promise<void> => {
    const one = early.get(row._id);
    if (one) {
      one.set = set;
      one.outcome.resolve(undefined);
      await one.ledger.promise;
      if (one.written === set) return;
    }
    await mark({ id: row._id, set });
  };

  const recipient = async (
    row: LedgerRow,
    state?: Candidate,
  ): Promise<{ person?: Candidate; member?: Member; reach?: Reach }> => {
    const { to } = row;
    if (!to) return {};
    if ('member' in to) {
      const member = (await deps.reader().members()).find(({ _id }) => _id === to.member);
      if (!member?.active || !member.telegram) return {};
      return { member, reach: { address: member.telegram, lang: member.lang, zone: member.zone } };
    }
    const person = state?._id === to.candidate ? state : await db.candidates.findOne({ _id: to.candidate });
    const open = person?.channels.find(({ blocked }) => !blocked);
    if (!person || !open) return person ? { person } : {};
    return { person, reach: { address: open.address, lang: person.lang, zone: person.zone } };
  };

  /** Is the reason still there? */
  const stale = (row: LedgerRow, person: Candidate | undefined): boolean => {
    if (person?.stopped && row.prompt !== true) return true;
    const about = person?.applications.find(({ id }) => id === row.application);
    if (row.stages && about && !row.stages.includes(about.stage)) return true;
    if (row.interviewVersion === undefined || !person) return false;
    return about?.interviewVersion !== row.interviewVersion;
  };

  const run = async (row: LedgerRow, state?: Candidate): Promise<void> => {
    const { person, member, reach } = await untilReached(clock, () => recipient(row, state));
    if (stale(row, person)) return end(row, { status: 'superseded' });
    // Since it was written they may have named a city where it is night now.
    const waits = person !== undefined && row.notBefore !== undefined && row.prompt !== true;
    const morning = waits ? afterQuiet(clock.now(), person.zone, deps.policy.quiet) : 0;
    if (morning > clock.now() && row.status === 'pending')
      return untilReached(clock, () => deps.wakeAt(row, morning));
    if (!reach || !row.message) return undeliverable(row, 'cannot be reached');
    const view = row.message.key.startsWith('view:') ? deps.views()[row.message.key.slice(5)] : undefined;
    const rendered =
      view && member
        ? await untilReached(clock, () => view(member, row.message?.params ?? {}))
        : renderMessage(words, reach, row.message);
    if (!rendered) return end(row, { status: 'superseded' });
    if (row.status !== 'sending') {
      const claimed = { $set: { status: 'sending' as const, owner } };
      const { matchedCount } = await untilReached(clock, (again) =>
        db.ledger.updateOne(again ? oursOr(row._id, owner) : { _id: row._id, status: 'pending' }, claimed),
      );
      if (matchedCount === 0) return;
    }
    const since = clock.real();
    for (let tries = 1; ; tries += 1) {
      const result = await channel.send(reach.address, rendered, {
        key: row._id,
        ...(row.place && { place: row.place }),
        ...(row.anew && { anew: true }),
        ...(row.message.file && { file: row.message.file }),
        reader: reach,
        silent: member !== undefined && afterQuiet(clock.now(), reach.zone, deps.policy.quiet) > clock.now(),
      });
      if (result.outcome === 'notArrived' && clock.real() - since <= giveUp) {
        await clock.sleep(result.retryAfter ?? Math.min(100 * 2 ** tries, 15_000));
        // Meanwhile its reason may have gone.
        const later = await untilReached(clock, () => recipient(row));
        if (stale(row, later.person)) return end(row, { status: 'superseded' });
        continue;
      }
      // The chat need not wait until it is written down that this one arrived.
      if (result.outcome === 'sent') return background(settle(row, result));
      return settle(row, result);
    }
  };

  let ending = 0;
  const background = (work: Promise<void>): void => {
    ending += 1;
    void work
      .catch((error: unknown) => log({ level: 'error', error: String(error) }))
      .finally(() => (ending -= 1));
  };

  const settle = async (row: LedgerRow, result: SendResult): Promise<void> => {
    if (result.outcome === 'sent') {
      await end(row, {
        status: 'sent',
        sentAt: clock.now(),
        ...(result.messageId && { messageId: result.messageId }),
      });
      if (row.forget && row.candidate) {
        await deps.forgetting(row.candidate);
        await db.candidates.deleteOne({
          _id: row.candidate,
          consent: { $exists: false },
          applications: { $size: 0 },
        });
      }
      return;
    }
    log({ level: 'warn', message: row._id, outcome: result.outcome, error: result.error });
    // Told first, marked then: a crash in between tells once more, without effect, instead of never.
    if (result.outcome === 'uncertain') {
      await tellRecruiter(row);
      return end(row, { status: 'uncertain', error: result.error });
    }
    if (result.outcome === 'blocked' && row.candidate && row.to && 'candidate' in row.to) {
      const { candidate } = row;
      await untilReached(clock, async () => {
        const address = (await recipient(row)).reach?.address ?? '';
        const id = `blocked:${row._id}`;
        await deps
          .desk()
          .perform(candidate, { id, type: 'channelBlocked', reach: { channel: 'telegram', address } });
      });
    }
    await undeliverable(row, result.error);
  };

  /** A candidate's message that did not arrive becomes a recruiter's task. */
  const undeliverable = async (row: LedgerRow, error: string): Promise<void> => {
    await tellRecruiter(row);
    await end(row, { status: 'failed', error });
  };

  const tellRecruiter = async (row: LedgerRow): Promise<void> => {
    const { candidate, to, _id: message } = row;
    if (!candidate || !to || !('candidate' in to)) return;
    // A question belongs to a talk rather than to an application: the one they are in now is the one concerned.
    const application = row.application ?? (await untilReached(clock, () => lastApplication(candidate)));
    if (!application) return;
    const event = {
      id: `undelivered:${message}`,
      type: 'undelivered' as const,
      application,
      by: 'bot',
      message,
    };
    await untilReached(clock, () => deps.desk().perform(candidate, event));
  };

  const lastApplication = async (candidate: string): Promise<string | undefined> =>
    (await db.candidates.findOne({ _id: candidate }))?.applications.at(-1)?.id;

  const laneOf = (to: LedgerRow['to']) => JSON.stringify(to ?? null);

  const deliver = (row: LedgerRow, state?: Candidate): void => {
    queues
      .run(laneOf(row.to), async () => {
        if (row.notBefore !== undefined && row.notBefore > clock.now())
          return untilReached(clock, () => deps.wakeAt(row, row.notBefore ?? 0));
        return run(row, state);
      })
      // A defect on the way to a send: nothing has left, and the row says so.
      .catch(async (error: unknown) => {
        log({
          level: 'error',
          message: row._id,
          error: error instanceof Error ? error.stack : String(error),
        });
        await end(row, { status: 'failed', error: 'could not be drawn' }).catch(() => undefined);
      });
  };

  return {
    deliver,
    free: (to) => !queues.busy(laneOf(to)),
    isEarly: (id) => early.has(id),
    sendEarly: async (rows, state) => {
      for (const row of rows) {
        if (early.has(row._id)) continue;
        early.set(row._id, { outcome: Promise.withResolvers(), ledger: Promise.withResolvers() });
        // A copy: what it becomes is told by `end` alone.
        deliver({ ...row }, state);
      }
      const all = rows.map((row) => early.get(row._id)?.outcome.promise);
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const callOff = clock.after(patience, () => resolve(undefined));
      await Promise.race([Promise.all(all), promise]);
      callOff();
      for (const row of rows) {
        const one = early.get(row._id);
        if (one?.set) one.written = one.set;
        Object.assign(row, one?.written);
      }
    },
    stored: (rows, fresh) => {
      for (const { _id } of rows) {
        const one = early.get(_id);
        if (!one) continue;
        if (!fresh.has(_id)) delete one.written;
        early.delete(_id);
        one.ledger.resolve(undefined);
      }
    },
    lost: (row) => background(settle(row, dead)),
    deliverById: async (id) => {
      const row = await db.ledger.findOne({ _id: id, status: 'pending' });
      if (row) deliver(row);
    },
    recover: async () => {
      // Several processes: only what nobody can still be sending. `at` is when it was due, so a minute is ample.
      const old = deps.alone ? {} : { at: { $lt: clock.now() - 60_000 } };
      const waiting = await db.ledger
        .find({ status: 'pending' })
        .sort({ at: 1, order: 1 })
        .limit(5_000)
        .toArray();
      for (const row of waiting) deliver(row);
      const sending = await db.ledger.find({ status: 'sending', owner: { $ne: owner }, ...old }).toArray();
      for (const row of sending) await settle(row, dead);
    },
    size: () => queues.size() + ending,
  };
}

/** Pending, or claimed by an attempt of ours whose answer was lost. */
function oursOr(_id: string, owner: string) {
  return { _id, $or: [{ status: 'pending' as const }, { status: 'sending' as const, owner }] };
}

const dead: SendResult = { outcome: 'uncertain', error: 'the process ended while it was being sent' };

interface Reach {
  address: string;
  lang: string;
  zone: string;
}
