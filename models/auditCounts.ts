import { auditPeople } from './auditPeople.ts';
import type { Database } from './database.ts';
import type { LedgerRow, SlotRow } from './rows.ts';

/** What must be zero: each kind of thing that is not accounted for, with the ids of what was found. */
export type Check =
  | 'unpublished'
  | 'remindersLost'
  | 'alarmsMissing'
  | 'tasksUnlisted'
  | 'alarmsLate'
  | 'alarmsLost'
  | 'pendingLate'
  | 'sendingDead'
  | 'failedAlone'
  | 'inboxWaiting'
  | 'inboxFailed'
  | 'slotsIdle'
  | 'interviewsHomeless'
  | 'slotsShared';

export interface AuditCounts {
  /** Outgoing rows by status: every message that was ever due is one of them. */
  ledger: Record<NonNullable<LedgerRow['status']>, number>;
  checks: Record<Check, string[]>;
  /** How many of the above; zero means that nothing is lost and nothing doubled. */
  unaccounted: number;
}

export interface AuditTime {
  /** On the product's clock, and on the machine's: in the demo they differ. */
  now: number;
  real: number;
  /** Does this process still live? Unset where that cannot be known: then a minute decides. */
  alive?: (owner: string) => boolean;
}

/** How late something may be before it counts, in milliseconds. */
const grace = 60_000;
/** The inbox keeps what was done for two weeks; of what rang before that nothing can be told. */
const remembered = 13 * 86_400_000;

/**
 * Count the ledger against everything that should stand in it. Reads only. What is just under way can show up for a
 * moment: count again before alarming anybody.
 */
export async function auditCounts(db: Database, time: AuditTime): Promise<AuditCounts> {
  const { now, real } = time;
  const statuses = ['pending', 'sending', 'sent', 'uncertain', 'failed', 'superseded'] as const;
  const counted = await Promise.all(
    statuses.map((status) => db.ledger.countDocuments({ kind: 'out', status })),
  );
  const [pending = 0, sending = 0, sent = 0, uncertain = 0, failed = 0, superseded = 0] = counted;
  const people = await auditPeople(db);
  const slots = await auditSlots(db, people.holders, now);
  const late = now - grace;
  const waiting = await db.ledger.find({ status: 'pending', at: { $lt: late } }).toArray();
  const stuck = await db.ledger.find({ status: 'sending' }).toArray();
  const checks: AuditCounts['checks'] = {
    unpublished: people.unpublished,
    remindersLost: people.remindersLost,
    alarmsMissing: people.alarmsMissing,
    tasksUnlisted: people.tasksUnlisted,
    alarmsLate: ids(await db.timers.find({ status: 'armed', due: { $lt: late } }).toArray()),
    alarmsLost: await lostAlarms(db, now),
    pendingLate: ids(waiting.filter((row) => dueAt(row) < late)),
    sendingDead: ids(stuck.filter((row) => isDead(row, time))),
    failedAlone: await failedAlone(db),
    inboxWaiting: ids(
      await db.inbox.find({ status: 'waiting', at: { $lt: new Date(real - grace) } }).toArray(),
    ),
    inboxFailed: ids(await db.inbox.find({ status: 'failed' }).toArray()),
    slotsShared: people.slotsShared,
    ...slots,
  };
  return {
    ledger: { pending, sending, sent, uncertain, failed, superseded },
    checks,
    unaccounted: Object.values(checks).reduce((sum, list) => sum + list.length, 0),
  };
}

const ids = (rows: { _id: string }[]): string[] => rows.map(({ _id }) => _id);

const dueAt = (row: LedgerRow): number => Math.max(row.at, row.notBefore ?? 0);

function isDead(row: LedgerRow, { now, alive }: AuditTime): boolean {
  if (alive && row.owner !== undefined) return !alive(row.owner);
  return dueAt(row) < now - grace;
}

/** What rings for the agency itself is looked after at once. */
const ofNobody = new Set<string>(['clientAccess', 'contractEnd', 'retention']);

/** Alarms that rang, and whose event never came in. */
async function lostAlarms(db: Database, now: number): Promise<string[]> {
  const rows = await db.timers.find({ status: 'fired', due: { $gt: now - remembered } }).toArray();
  const events = new Map<string, string>();
  for (const { _id, version, timer } of rows) {
    // Alarms of messages make no event: the ledger's row says what came of them. Nor do those of nobody.
    if (!('message' in timer) && !ofNobody.has(timer.kind)) events.set(`timer:${_id}:${version}`, _id);
  }
  for (const { _id } of await db.inbox.find({ _id: { $in: [...events.keys()] } }).toArray())
    events.delete(_id);
  return [...events.values()];
}

/** Messages to a candidate that did not surely arrive, and that no recruiter was ever asked to see to. */
async function failedAlone(db: Database): Promise<string[]> {
  const rows = await db.ledger.find({ status: { $in: ['failed', 'uncertain'] } }).toArray();
  const told = rows.filter(
    ({ to, application, bulk }) => to && 'candidate' in to && application !== undefined && !bulk,
  );
  const people = await db.candidates
    .find({ _id: { $in: [...new Set(told.map(({ candidate }) => candidate ?? ''))] } })
    .toArray();
  const applications = new Map(people.flatMap((person) => person.applications).map((one) => [one.id, one]));
  const alone = told.filter((row) => {
    const application = applications.get(row.application ?? '');
    if (application?.recruiter === undefined) return false;
    return !application.tasks.some(({ kind }) => kind === 'undelivered');
  });
  return ids(alone);
}

/** Taken windows against the interviews that hold them. A booking under way is younger than a minute. */
async function auditSlots(
  db: Database,
  holders: Map<string, string>,
  now: number,
): Promise<{ slotsIdle: string[]; interviewsHomeless: string[] }> {
  const homeless = new Map(holders);
  const slotsIdle: string[] = [];
  for (const slot of await db.slots.find().toArray()) {
    if (isHeld(slot, holders)) homeless.delete(slot._id);
    // A hold is nobody's yet, and ends by itself.
    else if (slot.until === undefined && slot.at < now - grace) slotsIdle.push(slot._id);
  }
  return { slotsIdle, interviewsHomeless: [...homeless.keys()] };
}

const isHeld = (slot: SlotRow, holders: Map<string, string>): boolean =>
  holders.get(slot._id) === slot.application;
