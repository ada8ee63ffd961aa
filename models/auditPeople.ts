import type { Application, Candidate } from '../flows/candidate.ts';
import { taskedOf } from '../flows/keepTasked.ts';
import type { Database } from './database.ts';
import type { TimerRow } from './rows.ts';

/** What the candidates themselves say should stand elsewhere. */
export interface PeopleCounts {
  unpublished: string[];
  remindersLost: string[];
  alarmsMissing: string[];
  tasksUnlisted: string[];
  slotsShared: string[];
  /** Each interview's window, `<interviewer>:<start>`, and the application that has it. */
  holders: Map<string, string>;
}

/** How many candidates are looked at with one question to each collection. */
const chunk = 200;

/** Go through all candidates, a few hundred at a time. */
export async function auditPeople(db: Database): Promise<PeopleCounts> {
  const counts: PeopleCounts = {
    unpublished: [],
    remindersLost: [],
    alarmsMissing: [],
    tasksUnlisted: [],
    slotsShared: [],
    holders: new Map(),
  };
  let people: Candidate[] = [];
  const look = async () => {
    await lookAt(db, people, counts);
    people = [];
  };
  for await (const person of db.candidates.find()) {
    people.push(person);
    if (people.length >= chunk) await look();
  }
  await look();
  return counts;
}

async function lookAt(db: Database, people: Candidate[], counts: PeopleCounts): Promise<void> {
  const effects = people.flatMap(({ outbox }) => outbox.flatMap(named));
  const applications = people.flatMap((person) => person.applications);
  const told = effects.filter(({ type }) => type === 'notify' || type === 'fact').map(({ key }) => key);
  const asked = effects.filter(({ type }) => type === 'book').map(({ key }) => `slot:${key}`);
  const set = effects.filter(({ type }) => type === 'schedule').map(({ key }) => key);
  const alarms = applications.flatMap(alarmsOf);
  const messages = people.flatMap((person) => person.applications.flatMap(messagesOf));

  const rows = await present(db.ledger, [...told, ...messages.flat()]);
  const inbox = await present(db.inbox, asked);
  const timers = new Map(
    (await db.timers.find({ _id: { $in: [...set, ...alarms.map(({ key }) => key)] } }).toArray()).map(
      (timer) => [timer._id, timer],
    ),
  );
  counts.unpublished.push(
    ...told.filter((key) => !rows.has(key)),
    ...asked.filter((key) => !inbox.has(key)),
    ...set.filter((key) => !timers.has(key)),
  );
  counts.alarmsMissing.push(...alarms.filter(({ key, is }) => !is(timers.get(key))).map(({ key }) => key));
  counts.tasksUnlisted.push(...people.filter(isUnlisted).map(({ _id }) => _id));
  const lost = messages.flatMap((keys) => (keys.some((key) => rows.has(key)) ? [] : keys.slice(0, 1)));
  counts.remindersLost.push(...(await withoutStopped(db, people, lost)));
  // An interview that was held before the client's keeps its window.
  const held = applications.flatMap(({ id, interview, past = [] }) =>
    [...past, ...(interview ? [interview] : [])].map((one) => ({ id, interview: one })),
  );
  for (const { id, interview } of held) {
    const slot = `${interview.interviewer}:${interview.start}`;
    if (counts.holders.has(slot)) counts.slotsShared.push(slot);
    counts.holders.set(slot, id);
  }
}

/** Do the lists of what is to be done find another person than their tasks say? */
function isUnlisted(person: Candidate): boolean {
  return taskedOf(person).join() !== (person.tasked ?? []).join();
}

/** An effect by its type and key; no more of it is needed here. */
function named(effect: unknown): { type: unknown; key: string }[] {
  if (typeof effect !== 'object' || effect === null || !('type' in effect) || !('key' in effect)) return [];
  return [{ type: effect.type, key: String(effect.key) }];
}

/** Which of these ids there are. */
async function present(
  collection: Pick<Database['ledger'] | Database['inbox'], 'distinct'>,
  wanted: string[],
): Promise<Set<unknown>> {
  return new Set(wanted.length === 0 ? [] : await collection.distinct('_id', { _id: { $in: wanted } }));
}

/**
 * The messages an application says were ordered, each by the keys it can have: one of them stands in the ledger. An
 * interview that is held in another way, or was refused and taken back, has a newer version than its reminders had.
 */
function messagesOf({ id, interview, interviewVersion, refusal, setAside }: Application): string[][] {
  const versions = Array.from({ length: interviewVersion }, (_, before) => interviewVersion - before);
  return [
    ...(interview?.reminders ?? []).flatMap(({ hours, asked }) =>
      asked === undefined ? [] : [versions.map((version) => `reminder:${id}:${hours}h:${version}`)],
    ),
    ...(setAside?.messageSent ? [[`setAside:${id}:${setAside.at}`]] : []),
    ...(refusal?.messageSent ? [[`refusal:${id}:${refusal.at}`]] : []),
  ];
}

interface Wanted {
  key: string;
  is: (timer: TimerRow | undefined) => boolean;
}

/** The alarms an application needs as it stands; a cancelled one, or one for an older interview, is none. */
function alarmsOf(application: Application): Wanted[] {
  const { id, interview, interviewVersion, refusal, setAside, stage, tasks } = application;
  const live = (timer: TimerRow | undefined) => timer !== undefined && timer.status !== 'cancelled';
  const ofVersion = (timer: TimerRow | undefined) =>
    live(timer) &&
    timer?.timer !== undefined &&
    'version' in timer.timer &&
    timer.timer.version === interviewVersion;
  const wanted: Wanted[] = tasks
    .filter(({ done }) => done === undefined)
    .map((task) => ({ key: `task:${task.id}`, is: live }));
  if (stage === 'refused' && refusal?.messageAt !== undefined && !refusal.messageSent) {
    wanted.push({ key: `refusal:${id}`, is: live });
  }
  if (stage === 'reserve' && setAside && !setAside.messageSent)
    wanted.push({ key: `setAside:${id}`, is: live });
  if (application.offer?.asked !== undefined) wanted.push({ key: `offer:${id}`, is: live });
  if (!interview || interview.attendance !== undefined || stage !== 'interview') return wanted;
  wanted.push({ key: `attendance:${id}`, is: ofVersion });
  // One that rang has its message; held in another way since, the interview is newer than that alarm.
  for (const { hours, asked } of interview.reminders) {
    if (asked === undefined) wanted.push({ key: `reminder${hours}:${id}`, is: ofVersion });
  }
  return wanted;
}

/** Who wrote /stop gets no reminder: their recruiter was told instead. */
async function withoutStopped(db: Database, people: Candidate[], lost: string[]): Promise<string[]> {
  if (lost.length === 0) return lost;
  const owners = new Map(
    people.flatMap(({ _id, joined = [], applications }) =>
      applications.map(({ id }) => [id, [_id, ...joined]] as const),
    ),
  );
  const ownersOf = (key: string) => owners.get(key.split(':')[1] ?? '') ?? [];
  const stopped = await db.ledger.distinct('candidate', {
    candidate: { $in: [...new Set(lost.flatMap(ownersOf))] },
    what: 'stopped',
  });
  return lost.filter((key) => !ownersOf(key).some((id) => stopped.includes(id)));
}
