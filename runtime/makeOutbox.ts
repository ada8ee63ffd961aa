import type { Candidate } from '../flows/candidate.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Database } from '../models/database.ts';
import type { LedgerRow } from '../models/rows.ts';
import type { Channels, SendResult } from './channel.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import { hasReceipts } from './hasReceipts.ts';
import { makeDelivery, type View } from './makeDelivery.ts';
import { makeRowEnds } from './makeRowEnds.ts';
import { makeSettling } from './makeSettling.ts';
import { makeTroubles } from './makeTroubles.ts';
import { makeQueues } from './queues.ts';
import type { FactReader } from './readFacts.ts';
import { rowAlarm } from './rowAlarm.ts';
import { untilReached } from './untilReached.ts';
import type { Words } from './words.ts';

/** Delivers what is due, each row once: pending → sending → sent | uncertain | failed | superseded. */
export interface Outbox {
  /** @param state the candidate as just committed, when it is at hand */
  deliver(row: LedgerRow, state?: Candidate): void;
  /** Is nothing under way to this recipient, and would it leave at once? Then a row may be claimed before it is inserted. */
  free(to: LedgerRow['to'], state: Candidate): boolean;
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
  /** The channel has not said that it arrived: it goes the next way, once. */
  doubt(id: string): Promise<void>;
  /** The channel took it and then gave it up: it goes the next way at once, or the same one `again`. */
  gaveUp(id: string, messageId: string, error: string, again: boolean): Promise<void>;
  /** After a start: rows of a dead process. What was being sent is uncertain; what was not, is sent. */
  recover(): Promise<void>;
  size(): number;
}

/** How long the state that ordered a message may be believed at its turn, in milliseconds. */
const fresh = 1_000;

export function makeOutbox(deps: {
  db: Database;
  clock: Clock;
  words: Words;
  channels: Channels;
  policy: Policy;
  reader: () => FactReader;
  desk: () => Desk;
  views: () => Record<string, View>;
  /** A person nobody knows is about to be dropped. */
  forgetting: (candidate: string) => Promise<void>;
  /** The letter of an invite did not arrive. */
  unreached: (invite: string) => Promise<void>;
  wakeAt: (row: LedgerRow, due: number) => Promise<void>;
  /** Look then whether it arrived. */
  doubtAt: (row: LedgerRow, due: number) => Promise<void>;
  owner: string;
  /** The only product on this database: whatever another owner was sending, it is dead. */
  alone: boolean;
  log: (line: object) => void;
}): Outbox {
  const { db, clock, channels, owner, log } = deps;
  const queues = makeQueues();
  const ends = makeRowEnds({ db, clock });
  const { end } = ends;
  const troubles = makeTroubles({ ...deps, db, clock });
  const settling = makeSettling({ ...deps, ends, troubles });
  const { settle, background } = settling;

  /** The newest order to draw something at a place: an older one that waits still would draw the same. */
  const newest = new Map<string, string>();
  const overtaken = ({ _id, place, message, anew }: LedgerRow): boolean =>
    place !== undefined &&
    message?.key.startsWith('view:') === true &&
    !anew &&
    (newest.get(place) ?? _id) !== _id;

  const run = makeDelivery({ ...deps, ends, settling, troubles, overtaken });

  /** Would a message leave at once by the way it will most likely go? */
  const atOnce = (to: LedgerRow['to'], state: Candidate): boolean => {
    if (!to || !('candidate' in to || 'chat' in to)) return channels.telegram?.pace === undefined;
    const first = 'chat' in to ? to.chat : state.channels[0];
    // To nobody: it ends without ever being on its way, so what it tells of can be taken back meanwhile.
    if (!first) return false;
    const pace = channels[first.channel]?.pace;
    return !pace || pace.free(first.address);
  };

  /** Nothing has said that it arrived: it is sent by the next way, or the same one `again`, once. */
  const onward = async (
    id: string,
    which: { messageId?: string },
    again: boolean,
    error?: string,
  ): Promise<void> => {
    const sent = { _id: id, status: 'sent' as const, ...which };
    const filter = { ...sent, delivered: { $exists: false }, read: { $exists: false } };
    const row = await untilReached(clock, () => db.ledger.findOne(filter));
    if (!row?.via) return;
    // Given up by an earlier way meanwhile, it has left by one of which nothing more is heard.
    if (which.messageId === undefined && !hasReceipts(row.via)) return;
    const tried = [...(row.tried ?? []), ...(again ? [] : [row.via])];
    // It is due anew: no process takes it for one that was left behind.
    const set = { status: 'pending' as const, notBefore: clock.now(), tried, ...(error && { error }) };
    const { matchedCount } = await untilReached(clock, () => db.ledger.updateOne(filter, { $set: set }));
    if (matchedCount > 0) deliver({ ...row, ...set });
  };

  const deliver = (row: LedgerRow, state?: Candidate): void => {
    const since = clock.real();
    if (row.place) {
      if (newest.size > 5_000) newest.clear();
      newest.set(row.place, row._id);
    }
    queues
      .run(laneOf(row.to), async () => {
        if (row.notBefore !== undefined && row.notBefore > clock.now())
          return untilReached(clock, () => deps.wakeAt(row, row.notBefore ?? 0));
        // Behind one that was tried again for long, what is at hand is no news: they may have written /stop since.
        return run(row, clock.real() - since < fresh ? state : undefined);
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

  /** It was being sent by a process that ended. Nobody knows whether it left: what may be told twice is told again. */
  const orphaned = async (row: LedgerRow): Promise<void> => {
    if (!row.to || !('source' in row.to)) return settle(row, dead);
    const theirs = { _id: row._id, status: 'sending' as const, ...(row.owner && { owner: row.owner }) };
    const waits = { $set: { status: 'pending' as const } };
    const { matchedCount } = await untilReached(clock, () => db.ledger.updateOne(theirs, waits));
    if (matchedCount > 0) deliver({ ...row, status: 'pending' });
  };

  /** Of what is to leave later: what lost its alarm to a crash in between. Usually nothing, however much waits. */
  const unarmed = async (now: number): Promise<LedgerRow[]> => {
    const later = await db.ledger.find({ status: 'pending', notBefore: { $gt: now } }).toArray();
    const keys = later.map(({ _id }) => rowAlarm('deliver', _id));
    const armed = await db.timers
      .find({ _id: { $in: keys }, status: 'armed' })
      .project<{ _id: string }>({ _id: 1 })
      .toArray();
    const known = new Set(armed.map(({ _id }) => _id));
    return later.filter(({ _id }) => !known.has(rowAlarm('deliver', _id)));
  };

  return {
    deliver,
    free: (to, state) => !queues.busy(laneOf(to)) && atOnce(to, state),
    isEarly: ends.isEarly,
    sendEarly: async (rows, state) => {
      // A copy: what it becomes is told by `end` alone.
      for (const row of rows) if (ends.begin(row._id)) deliver({ ...row }, state);
      await ends.known(rows);
    },
    stored: ends.stored,
    lost: (row) => background(orphaned(row)),
    deliverById: async (id) => {
      const row = await db.ledger.findOne({ _id: id, status: 'pending' });
      if (row) deliver(row);
    },
    doubt: (id) => onward(id, {}, false),
    gaveUp: (id, messageId, error, again) => onward(id, { messageId }, again, error),
    recover: async () => {
      const now = clock.now();
      // Several processes: only what nobody can still be sending. A minute after it was due is ample for whoever has
      // fallen silent; one that lives may try for a quarter of an hour.
      const before = { $lt: now - 60_000 };
      const old = { at: before, ...dueBy(before) };
      const there = deps.alone ? [] : await db.processes.find({ until: { $gt: clock.real() } }).toArray();
      const living = new Set(there.map(({ _id }) => _id));
      const waiting = db.ledger
        .find({ status: 'pending', ...dueBy({ $lte: now }) })
        .sort({ at: 1, order: 1 });
      for (const row of await waiting.toArray()) deliver(row);
      for (const row of await unarmed(now)) deliver(row);
      const sending = await db.ledger
        .find({ status: 'sending', owner: { $ne: owner }, ...(deps.alone ? {} : old) })
        .toArray();
      for (const row of sending) if (!living.has(row.owner ?? '')) await orphaned(row);
      // A process ended between the message that says nothing is kept and the keeping of it.
      const ended = {
        forget: true,
        status: { $in: ['sent' as const, 'uncertain' as const, 'failed' as const, 'superseded' as const] },
      };
      for (const row of await db.ledger.find(ended).toArray()) await settling.dropWho(row);
    },
    size: () => queues.size() + settling.size(),
  };
}

const dead: SendResult = { outcome: 'uncertain', error: 'the process ended while it was being sent' };

/** What was to leave at once, or at a time within the bound. */
function dueBy(bound: { $lt: number } | { $lte: number }) {
  return { $or: [{ notBefore: { $exists: false } }, { notBefore: bound }] };
}

/** Messages to one reader go one after the other. */
function laneOf(to: LedgerRow['to']): string {
  return JSON.stringify(to ?? null);
}
