import { traitsOf, type Way } from '../flows/channels.ts';
import { same } from '../flows/ladder.ts';
import type { Candidate } from '../flows/candidate.ts';
import type { Member } from '../flows/member.ts';
import type { Params } from '../flows/effect.ts';
import type { Policy } from '../flows/policies/policy.ts';
import { isFree } from '../flows/matching/keepPool.ts';
import { afterQuiet } from '../flows/quietHours.ts';
import type { Database } from '../models/database.ts';
import type { LedgerRow } from '../models/rows.ts';
import { batch } from './batch.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import { isStale } from './isStale.ts';
import { makeQueues } from './queues.ts';
import { makeRecipients, mustArrive } from './makeRecipients.ts';
import type { FactReader } from './readFacts.ts';
import type { Channel, Channels, SendResult } from './channel.ts';
import type { PaceTurn } from './makePace.ts';
import { makeTroubles } from './makeTroubles.ts';
import { untilReached } from './untilReached.ts';
import { type Reader, type Rendered, renderMessage, type Words } from './words.ts';

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

/** Sends that certainly did not arrive are tried again for so long, in milliseconds: Telegram can be away a while. */
const giveUp = 15 * 60_000;

/** How long the state that ordered a message may be believed at its turn, in milliseconds. */
const fresh = 1_000;

/** How long a row may wait for its outcome before it is written without, in milliseconds. */
const patience = 100;

/** After so many milliseconds in the queue of a channel it is looked again whether a message is still wanted. */
const longWait = 100;
const minute = 60_000;

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
  const { db, clock, words, channels, owner, log } = deps;
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

  const { closeChannel, tellRecruiter } = makeTroubles({ ...deps, db, clock });
  const recipient = makeRecipients({ db, channels, policy: deps.policy, reader: deps.reader });

  /** Since it was written they may have named a city where it is night now: when it may leave, if not now. */
  const morningOf = (row: LedgerRow, person: Candidate | undefined): number | undefined => {
    if (!person || row.notBefore === undefined || row.prompt === true || row.status !== 'pending')
      return undefined;
    const morning = afterQuiet(clock.now(), person.zone, deps.policy.quiet);
    return morning > clock.now() ? morning : undefined;
  };

  const render = async (row: LedgerRow, reader: Reader, member?: Member): Promise<Rendered | undefined> => {
    const { message } = row;
    if (!message) return undefined;
    const view = message.key.startsWith('view:') ? deps.views()[message.key.slice(5)] : undefined;
    if (view && member) return untilReached(clock, () => view(member, message.params ?? {}));
    return renderMessage(words, reader, message);
  };

  const claim = async (row: LedgerRow): Promise<boolean> => {
    const set = { $set: { status: 'sending' as const, owner } };
    const { matchedCount } = await untilReached(clock, (again) =>
      db.ledger.updateOne(again ? oursOr(row._id, owner) : { _id: row._id, status: 'pending' }, set),
    );
    return matchedCount > 0;
  };

  /** An offer that waited overnight: the vacancy may be closed by now, the person may have found something. */
  const idle = async ({ offer }: LedgerRow, person: Candidate | undefined): Promise<boolean> => {
    if (!offer) return false;
    const open = await untilReached(clock, () => db.vacancies.findOne({ _id: offer, status: 'open' }));
    return !open || !person || !isFree(person);
  };

  /**
   * One row, by the best way to reach the person; by the next when that one refuses it. What a channel may have taken
   * goes no other way.
   */
  const run = async (row: LedgerRow, known?: Candidate): Promise<void> => {
    const tried = [...(row.tried ?? [])];
    let ours = row.status === 'sending';
    let error = row.error ?? 'cannot be reached';
    const since = clock.real();
    for (let tries = 1; ; tries += 1) {
      const state = tries === 1 ? known : undefined;
      const { person, member, reach } = await untilReached(clock, () => recipient(row, tried, state));
      if (isStale(row, person) || overtaken(row) || (await idle(row, person)))
        return end(row, { status: 'superseded' });
      const morning = morningOf(row, person);
      if (morning !== undefined) return untilReached(clock, () => deps.wakeAt(row, morning));
      if (!reach || !row.message) return nowhere(row, error, tried);
      const { place } = reach;
      if (await wentThere(row, place)) return end(row, { status: 'superseded' });
      const channel = channels[place.channel];
      if (!channel) return nowhere(row, error, tried);
      const turn = await inTurn(channel, place, row);
      if (turn === 'late') {
        tries = 1;
        continue;
      }
      const rendered = await render(row, reach, member);
      if (!rendered) return end(row, { status: 'superseded' });
      if (!ours && !(await claim(row))) return turn?.giveBack();
      ours = true;
      const result = await channel.send(place.address, rendered, {
        key: row._id,
        template: row.message.key,
        ...(row.message.params && { params: row.message.params }),
        ...(row.application && { application: row.application }),
        ...(row.place && { place: row.place }),
        ...(row.anew && { anew: true }),
        ...(row.message.file && { file: row.message.file }),
        reader: reach,
        asks: row.prompt === true && person !== undefined && waitsForWords(person, clock.now()),
        silent: member !== undefined && afterQuiet(clock.now(), reach.zone, deps.policy.quiet) > clock.now(),
      });
      turn?.end();
      if (result.outcome === 'notArrived' && clock.real() - since <= giveUp) {
        if (!channel.pace || !result.retryAfter)
          await clock.sleep(result.retryAfter ?? Math.min(100 * 2 ** tries, 15_000));
        continue;
      }
      const way = { via: place, ...(tried.length > 0 && { tried }) };
      // The chat need not wait until it is written down that this one arrived.
      if (result.outcome === 'sent') return background(settle(row, result, way));
      if (result.outcome === 'uncertain') return settle(row, result, way);
      log({ level: 'warn', message: row._id, by: place.channel, ...result });
      if (result.outcome === 'blocked') await closeChannel(row, place);
      ({ error } = result);
      tried.push(place);
    }
  };

  /** Wait for the channel's turn. `late`: that took so long that the reason may have gone meanwhile. */
  const inTurn = async (
    channel: Channel,
    { address }: Way,
    row: LedgerRow,
  ): Promise<PaceTurn | 'late' | undefined> => {
    const { pace } = channel;
    if (!pace) return undefined;
    const since = clock.real();
    const turn = await pace.turn(address, row.bulk ? 'bulk' : row.prompt ? 'answer' : 'notice');
    if (clock.real() - since < longWait) return turn;
    const later = await untilReached(clock, () => recipient(row, row.tried ?? []));
    if (!isStale(row, later.person)) return turn;
    turn.giveBack();
    return 'late';
  };

  let ending = 0;
  const background = (work: Promise<void>): void => {
    ending += 1;
    void work
      .catch((error: unknown) => log({ level: 'error', error: String(error) }))
      .finally(() => (ending -= 1));
  };

  const settle = async (
    row: LedgerRow,
    result: SendResult,
    way: Pick<LedgerRow, 'via' | 'tried'> = {},
  ): Promise<void> => {
    if (result.outcome === 'sent') {
      const { messageId, cost } = result;
      await end(row, {
        status: 'sent',
        sentAt: clock.now(),
        ...way,
        ...(messageId && { messageId }),
        ...(cost !== undefined && { cost }),
      });
      if (way.via && hasReceipts(way.via) && mustArrive(row))
        await untilReached(clock, () =>
          deps.doubtAt(row, clock.now() + deps.policy.undeliveredMinutes * minute),
        );
      markAtDesk(row, 'sent');
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
    await tellRecruiter(row);
    await end(row, {
      status: result.outcome === 'uncertain' ? 'uncertain' : 'failed',
      error: result.error,
      ...way,
    });
    markAtDesk(row, 'failed');
  };

  /** Who wrote it at the desk sees there what came of it. */
  const markAtDesk = (row: LedgerRow, outcome: 'sent' | 'failed'): void => {
    if (row.mark !== undefined && channels.desk) background(channels.desk.mark(row.mark, outcome));
  };

  /** What it is a copy of went this way itself, since no chat took it. */
  const wentThere = async ({ copyOf }: LedgerRow, place: Way): Promise<boolean> => {
    if (copyOf === undefined) return false;
    // It was sent a moment ago, and by which way is just being written down.
    for (let tries = 0; tries < 40; tries += 1) {
      const first = await untilReached(clock, () => db.ledger.findOne({ _id: copyOf }));
      if (first?.via) return same(first.via, place);
      if (first?.status === 'failed' || first?.status === 'superseded') return false;
      await clock.sleep(50);
    }
    return false;
  };

  /** No way is left: a candidate's message becomes a recruiter's task. A copy for a channel that is not there does not. */
  const nowhere = async (row: LedgerRow, error: string, tried: Way[]): Promise<void> => {
    const way = tried.length > 0 ? { tried } : {};
    if (row.copyOf || (row.only && tried.length === 0))
      return end(row, { status: 'superseded', ...(row.copyOf && tried.length > 0 && { error }), ...way });
    await tellRecruiter(row);
    await end(row, { status: 'failed', error, ...way });
    markAtDesk(row, 'failed');
  };

  /** Would a message leave at once by the way it will most likely go? */
  const atOnce = (to: LedgerRow['to'], state: Candidate): boolean => {
    if (!to || !('candidate' in to)) return channels.telegram?.pace === undefined;
    const [first] = state.channels;
    const pace = first && channels[first.channel]?.pace;
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
    const tried = [...(row.tried ?? []), ...(again ? [] : [row.via])];
    const set = { status: 'pending' as const, tried, ...(error && { error }) };
    const { matchedCount } = await untilReached(clock, () => db.ledger.updateOne(filter, { $set: set }));
    if (matchedCount > 0) deliver({ ...row, ...set });
  };

  const laneOf = (to: LedgerRow['to']) => JSON.stringify(to ?? null);

  /** The newest order to draw something at a place: an older one that waits still would draw the same. */
  const newest = new Map<string, string>();
  const overtaken = ({ _id, place, message, anew }: LedgerRow): boolean =>
    place !== undefined &&
    message?.key.startsWith('view:') === true &&
    !anew &&
    (newest.get(place) ?? _id) !== _id;

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

  return {
    deliver,
    free: (to, state) => !queues.busy(laneOf(to)) && atOnce(to, state),
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
    doubt: (id) => onward(id, {}, false),
    gaveUp: (id, messageId, error, again) => onward(id, { messageId }, again, error),
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

function hasReceipts({ channel }: Way): boolean {
  return channel !== 'desk' && traitsOf[channel].receipts;
}

/** Is an answer in words awaited, by a question that is open or by a human who talks? */
function waitsForWords({ dialog, relay }: Candidate, now: number): boolean {
  return dialog !== undefined || (relay !== undefined && relay.until > now);
}
