import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { dayOf } from '../flows/dayOf.ts';
import { freeSlots } from '../flows/freeSlots.ts';
import type { Member } from '../flows/member.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';
import { openWindows } from '../models/openWindows.ts';
import type { Clock } from './clock.ts';
import type { FactReader } from './readFacts.ts';

/** How old what is known of the working hours may be before new days are looked for, in milliseconds: a quarter of a day. */
const daysEvery = 21_600_000;

const hours = z.object({
  week: z.record(z.string(), z.array(z.tuple([z.string(), z.string()]))),
  off: z.array(z.string()),
  buffer: z.number(),
});
const knownShape = z.object({
  at: z.number(),
  minutes: z.number(),
  daysAhead: z.number(),
  who: z.array(z.object({ _id: z.string(), zone: z.string(), hours })),
});
type Known = z.infer<typeof knownShape>;

/**
 * Puts down what the working hours of the vacancies' interviewers have opened since the last look: changed hours,
 * another interviewer, a new day. What was known then stands in the settings (`line:<vacancy>`), so nothing is missed
 * between two lives of the process.
 */
export function makeNotice(deps: {
  db: Database;
  clock: Clock;
  policy: Policy;
  reader: Pick<FactReader, 'members'>;
}): (vacancies: Vacancy[]) => Promise<void> {
  const { db, clock, policy, reader } = deps;
  /** What was looked at last: nearly every look finds the same. */
  let last: Seen | undefined;

  /** What was known of each vacancy, by its key in the settings. */
  const readKnown = async (vacancies: Vacancy[]): Promise<Map<string, Known | undefined>> => {
    const rows = await db.settings.find({ _id: { $in: vacancies.map(keyOf) } }).toArray();
    return new Map(rows.map(({ _id, value }) => [_id, knownShape.safeParse(value).data]));
  };

  const notice = async (vacancy: Vacancy, members: Member[], before: Known | undefined): Promise<void> => {
    const { interviewers } = vacancy;
    const { slot } = policy;
    const who = members
      .filter((member) => member.active && interviewers.includes(member._id))
      .map(({ _id: id, zone, hours: worked }) => ({ _id: id, zone, hours: worked }));
    const now: Known = { at: clock.now(), minutes: slot.minutes, daysAhead: slot.daysAhead, who };
    if (before && isAsBefore(before, now)) return;
    if (before) await openWindows(db, newlyOpen(before, now, slot), now.at);
    await db.settings.updateOne({ _id: keyOf(vacancy) }, { $set: { value: now } }, { upsert: true });
  };

  return async (vacancies) => {
    const members = await reader.members();
    const { minutes, daysAhead } = policy.slot;
    const seen = { members, vacancies, minutes, daysAhead };
    if (last && clock.now() - last.at < daysEvery && isSame(last, seen)) return;
    const known = await readKnown(vacancies);
    for (const vacancy of vacancies) await notice(vacancy, members, known.get(keyOf(vacancy)));
    last = { ...seen, at: clock.now() };
  };
}

function keyOf({ _id }: Vacancy): string {
  return `line:${_id}`;
}

/** What the windows depend on, and when it was looked at. */
interface Seen extends Pick<Known, 'minutes' | 'daysAhead'> {
  at: number;
  members: Member[];
  vacancies: Vacancy[];
}

function isSame(a: Omit<Seen, 'at'>, b: Omit<Seen, 'at'>): boolean {
  const member = ({ _id, active, zone, hours: worked }: Member) => [_id, active, zone, worked];
  const vacancy = ({ _id, interviewers }: Vacancy) => [_id, interviewers];
  return (
    a.minutes === b.minutes &&
    a.daysAhead === b.daysAhead &&
    isSameList(a.members, b.members, member) &&
    isSameList(a.vacancies, b.vacancies, vacancy)
  );
}

function isSameList<T>(a: T[], b: T[], part: (item: T) => unknown): boolean {
  if (a.length !== b.length) return false;
  return a.every((item, at) => {
    const other = b[at];
    return item === other || (other !== undefined && isDeepStrictEqual(part(item), part(other)));
  });
}

/** The same hours on the same day open nothing: only a midnight brings a new day. */
function isAsBefore(before: Known, now: Known): boolean {
  return (
    now.at >= before.at &&
    before.minutes === now.minutes &&
    before.daysAhead === now.daysAhead &&
    isDeepStrictEqual(before.who, now.who) &&
    now.who.every(({ zone }) => dayOf(before.at, zone) === dayOf(now.at, zone))
  );
}

/** Windows there are now and were not before; whether somebody has them is no matter here. */
function newlyOpen(before: Known, now: Known, slot: Policy['slot']) {
  const none = new Map<string, number[]>();
  const known = new Map<string, Set<number>>(before.who.map(({ _id }) => [_id, new Set()]));
  for (const { interviewer, start } of freeSlots(before.who, none, { ...slot, ...before }, before.at))
    known.get(interviewer)?.add(start);
  return freeSlots(now.who, none, slot, now.at).filter(
    ({ interviewer, start }) => !known.get(interviewer)?.has(start),
  );
}
