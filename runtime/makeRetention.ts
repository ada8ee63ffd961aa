import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Candidate } from '../flows/candidate.ts';
import { isOpen } from '../flows/pipelines/stages.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Database } from '../models/database.ts';
import type { Alarms } from './alarms.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import type { TellHeads } from './makeTellHeads.ts';

/** Deletes by itself whoever nothing has happened with for as long as data is kept; heads hear of it a week before. */
export interface Retention {
  /** See that it is looked in time: again when the agency's number is another. */
  start(): Promise<void>;
  /** The alarm rang. Safe to repeat, by several processes at once too. */
  rings(): Promise<void>;
}

const day = 86_400_000;
/** When in the day of UTC it is looked: in the morning of most of Russia. */
const hour = 6 * 3_600_000;
/** Once a week the heads hear who is next; nobody goes of whom they have not heard so long before. In milliseconds. */
const week = 7 * day;
/** How many announcements are remembered: the newest that is a week old is among them. */
const remembered = 3;

/** `covers`: with whoever nothing has happened since then was meant. */
const shape = z.array(z.object({ at: z.number(), covers: z.number() }));

export function makeRetention(deps: {
  db: Pick<Database, 'candidates' | 'ledger' | 'settings'>;
  clock: Pick<Clock, 'now'>;
  policy: Pick<Policy, 'consent' | 'zone'>;
  desk: Pick<Desk, 'perform'>;
  alarms: Pick<Alarms, 'order'>;
  tellHeads: TellHeads;
}): Retention {
  const { db, clock, policy, desk, tellHeads } = deps;

  /** Whoever nothing has happened with since then is to go. */
  const endsAt = (now: number): number =>
    DateTime.fromMillis(now, { zone: policy.zone }).minus({ years: policy.consent.keepYears }).toMillis();

  /** Every day, once somebody has been here for so long that heads are to hear of it; not before. */
  const arm = async (): Promise<void> => {
    const there = { merged: { $exists: false }, forgotten: { $exists: false } };
    const [oldest] = await db.candidates.find(there).sort({ createdAt: 1 }).limit(1).toArray();
    const now = clock.now();
    const first = DateTime.fromMillis(oldest?.createdAt ?? now, { zone: policy.zone })
      .plus({ years: policy.consent.keepYears })
      .toMillis();
    // The same moment of every day: restarts must not put it off.
    const due = Math.max(Math.floor((now - hour) / day) * day + day + hour, first - 2 * week);
    const timer = { kind: 'retention' as const, application: '' };
    await deps.alarms.order([{ key: 'retention', due, timer }], '', `retention:${due}`);
  };

  /** No work, no word and no act since then; what was sent to many is none. */
  const idleSince = async ({ _id, joined = [], applications }: Candidate, then: number): Promise<boolean> => {
    if (applications.some(({ stage, stageAt }) => isOpen(stage) || stageAt > then)) return false;
    const since = { $gt: then };
    const seen = { candidate: { $in: [_id, ...joined] }, at: since, broadcast: { $exists: false } };
    return (await db.ledger.findOne(seen)) === null;
  };

  const idle = async (then: number): Promise<Pick<Candidate, '_id' | 'version'>[]> => {
    const old = { createdAt: { $lt: then }, merged: { $exists: false }, forgotten: { $exists: false } };
    const found: Pick<Candidate, '_id' | 'version'>[] = [];
    for await (const person of db.candidates.find(old))
      if (await idleSince(person, then)) found.push({ _id: person._id, version: person.version });
    return found;
  };

  const announce = async (now: number): Promise<void> => {
    const covers = endsAt(now + 2 * week);
    const { length: count } = await idle(covers);
    if (count > 0)
      await tellHeads(`retention:${Math.floor(now / week)}`, {
        key: 'forget.retention',
        params: {
          count,
          years: { key: 'candidate.consent.years', params: { count: policy.consent.keepYears } },
        },
      });
    const told = [...(await announced()), { at: now, covers }].slice(-remembered);
    await db.settings.updateOne({ _id: 'retention' }, { $set: { value: told } }, { upsert: true });
  };

  const announced = async () => {
    const read = shape.safeParse((await db.settings.findOne({ _id: 'retention' }))?.value);
    return read.success ? read.data : [];
  };

  const look = async (): Promise<void> => {
    const now = clock.now();
    const told = await announced();
    const heard = told.filter(({ at }) => at <= now - week).map(({ covers }) => covers);
    // A number that was lowered today deletes nobody today.
    if (heard.length > 0)
      for (const { _id, version } of await idle(Math.min(endsAt(now), Math.max(...heard))))
        await desk.perform(_id, { id: `retention:${_id}:${now}`, type: 'forgetPerson', by: 'bot', version });
    if (now - (told.at(-1)?.at ?? -week) >= week) await announce(now);
  };

  return {
    start: arm,
    rings: async () => {
      await look();
      await arm();
    },
  };
}
