import type { Way } from '../flows/channels.ts';
import { same } from '../flows/ladder.ts';
import type { Candidate } from '../flows/candidate.ts';
import type { Member } from '../flows/member.ts';
import type { Params } from '../flows/effect.ts';
import type { Policy } from '../flows/policies/policy.ts';
import { isFree } from '../flows/matching/keepPool.ts';
import { afterQuiet } from '../flows/quietHours.ts';
import type { Database } from '../models/database.ts';
import type { LedgerRow } from '../models/rows.ts';
import type { Channel, Channels } from './channel.ts';
import type { Clock } from './clock.ts';
import { isStale } from './isStale.ts';
import type { PaceTurn } from './makePace.ts';
import { makeRecipients } from './makeRecipients.ts';
import type { RowEnds } from './makeRowEnds.ts';
import type { Settling } from './makeSettling.ts';
import type { Troubles } from './makeTroubles.ts';
import type { FactReader } from './readFacts.ts';
import { untilReached } from './untilReached.ts';
import { type Reader, type Rendered, renderMessage, type Words } from './words.ts';

/** Sends that certainly did not arrive are tried again for so long, in milliseconds: Telegram can be away a while. */
const giveUp = 15 * 60_000;

/** After so many milliseconds in the queue of a channel it is looked again whether a message is still wanted. */
const longWait = 100;

/** What is drawn from data at delivery, by its name. */
export type View = (reader: Member, params: Params) => Promise<Rendered | undefined>;

/**
 * Delivers one row.
 *
 * @param known the candidate as just committed, when it is at hand
 */
export type Delivery = (row: LedgerRow, known?: Candidate) => Promise<void>;

export function makeDelivery(deps: {
  db: Database;
  clock: Clock;
  words: Words;
  channels: Channels;
  policy: Policy;
  reader: () => FactReader;
  views: () => Record<string, View>;
  ends: Pick<RowEnds, 'end'>;
  settling: Settling;
  troubles: Pick<Troubles, 'closeChannel'>;
  wakeAt: (row: LedgerRow, due: number) => Promise<void>;
  /** A newer order draws the same at the same place. */
  overtaken: (row: LedgerRow) => boolean;
  owner: string;
  log: (line: object) => void;
}): Delivery {
  const { db, clock, words, channels, owner, log, overtaken } = deps;
  const { end } = deps.ends;
  const { settle, nowhere, dropWho, background } = deps.settling;
  const { closeChannel } = deps.troubles;
  const recipient = makeRecipients({ db, channels, policy: deps.policy, reader: deps.reader });

  /**
   * Since it was written they may have named a city where it is night now, or the attempts lasted until it was night:
   * when it may leave, if not now.
   */
  const morningOf = (row: LedgerRow, person: Candidate | undefined): number | undefined => {
    if (!person || row.prompt === true || !row.to || !('candidate' in row.to)) return undefined;
    const morning = afterQuiet(clock.now(), person.zone, deps.policy.quiet);
    return morning > clock.now() ? morning : undefined;
  };

  /** It is not sent now; where it was not taken for sending here (`ours`), another process may be at it. */
  const mark = async (row: LedgerRow, ours: boolean, set: Parameters<typeof end>[1]): Promise<void> => {
    if (ours) return end(row, set);
    await untilReached(clock, () => db.ledger.updateOne({ _id: row._id, status: 'pending' }, { $set: set }));
  };

  /** It waits in the ledger again. */
  const putOff = async (row: LedgerRow, notBefore: number, ours: boolean): Promise<void> => {
    await mark(row, ours, { status: 'pending', notBefore });
    await untilReached(clock, () => deps.wakeAt(row, notBefore));
  };

  /** It is not wanted any more. */
  const passOver = async (row: LedgerRow, ours: boolean): Promise<void> => {
    await mark(row, ours, { status: 'superseded' });
    await dropWho(row);
  };

  const render = async (row: LedgerRow, reader: Reader, member?: Member): Promise<Rendered | undefined> => {
    const { message } = row;
    if (!message) return undefined;
    const view = message.key.startsWith('view:') ? deps.views()[message.key.slice(5)] : undefined;
    if (view && member) return untilReached(clock, () => view(member, message.params ?? {}));
    return renderMessage(words, reader, message);
  };

  /** Sent here, and that it was is being written down: given again meanwhile, as by its alarm and a start, it is not claimed. */
  const ending = new Set<string>();

  const claim = async ({ _id }: LedgerRow): Promise<boolean> => {
    const set = { $set: { status: 'sending' as const, owner } };
    const pending = { _id, status: 'pending' as const };
    const { matchedCount } = await untilReached(clock, (again) =>
      db.ledger.updateOne(again && !ending.has(_id) ? oursOr(_id, owner) : pending, set),
    );
    return matchedCount > 0;
  };

  /** An offer that waited overnight: the vacancy may be closed by now, the person may have found something. */
  const idle = async (offer: string, person: Candidate | undefined): Promise<boolean> => {
    const open = await untilReached(clock, () => db.vacancies.findOne({ _id: offer, status: 'open' }));
    return !open || !person || !isFree(person);
  };

  /** A reminder that waited overnight: the call may be called off by now, or at another time. */
  const callGone = async ({ call, start }: NonNullable<LedgerRow['reminds']>): Promise<boolean> => {
    const found = await untilReached(clock, () => db.clientCalls.findOne({ _id: call }));
    return !found || found.cancelled !== undefined || found.start !== start;
  };

  /** Is it wanted no more? */
  const unwanted = async (row: LedgerRow, person: Candidate | undefined): Promise<boolean> => {
    const { offer, reminds } = row;
    if (isStale(row, person) || overtaken(row)) return true;
    if (reminds && (await callGone(reminds))) return true;
    return offer !== undefined && (await idle(offer, person));
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
      // That they are here still is not believed of whoever is told that nothing is kept: another may have said it.
      const state = tries === 1 && !row.forget ? known : undefined;
      const { person, member, reach } = await untilReached(clock, () => recipient(row, tried, state));
      const { copyOf } = row;
      if (await unwanted(row, person)) return passOver(row, ours);
      const morning = morningOf(row, person);
      if (morning !== undefined) return putOff(row, morning, ours);
      if (!reach || !row.message) return nowhere(row, error, tried);
      const { place } = reach;
      if (copyOf !== undefined && (await wentThere(copyOf, place))) return passOver(row, ours);
      const channel = channels[place.channel];
      if (!channel) return nowhere(row, error, tried);
      const turn = await inTurn(channel, place, row);
      if (turn === 'late') {
        tries = 1;
        continue;
      }
      const rendered = await render(row, reach, member);
      if (!rendered) return passOver(row, ours);
      if (!ours && !(await claim(row))) return turn?.giveBack();
      ours = true;
      // A moment later than it was looked at: the night may have begun.
      const night = morningOf(row, person);
      if (night !== undefined) {
        turn?.giveBack();
        return putOff(row, night, ours);
      }
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
        const rests = channel.rests ?? channel.pace;
        if (rests?.resting(place.address)) await rests.rested(place.address);
        else await clock.sleep(result.retryAfter ?? Math.min(25 * 2 ** tries, 15_000));
        continue;
      }
      const way = { via: place, ...(tried.length > 0 && { tried }) };
      // The chat need not wait until it is written down that this one arrived.
      if (result.outcome === 'sent') {
        ending.add(row._id);
        return background(settle(row, result, way).finally(() => ending.delete(row._id)));
      }
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

  /** What it is a copy of went this way itself, since no chat took it. */
  const wentThere = async (copyOf: string, place: Way): Promise<boolean> => {
    // It was sent a moment ago, and by which way is just being written down.
    for (let tries = 0; tries < 6; tries += 1) {
      const first = await untilReached(clock, () => db.ledger.findOne({ _id: copyOf }));
      if (first?.via) return same(first.via, place);
      if (first?.status === 'failed' || first?.status === 'superseded') return false;
      await clock.sleep(30 * 2 ** tries);
    }
    return false;
  };

  return run;
}

/** Pending, or claimed by an attempt of ours whose answer was lost. */
function oursOr(_id: string, owner: string) {
  return { _id, $or: [{ status: 'pending' as const }, { status: 'sending' as const, owner }] };
}

/** Is an answer in words awaited, by a question that is open or by a human who talks? */
function waitsForWords({ dialog, relay }: Candidate, now: number): boolean {
  return dialog !== undefined || (relay !== undefined && relay.until > now);
}
