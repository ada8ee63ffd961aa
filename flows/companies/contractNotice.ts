import { DateTime } from 'luxon';
import { dayOf } from '../dayOf.ts';
import type { Member } from '../member.ts';
import { calendarOf } from '../policies/calendars/calendarOf.ts';
import type { Policy } from '../policies/policy.ts';
import { addWorkingTime } from '../workingTime.ts';
import type { Company } from './company.ts';
import { contractEnd, daysBetween, lastDay } from './contract.ts';
import { headsOf } from '../headsOf.ts';

/** So long they have been at work when they are told, in minutes. */
const firstHour = 60;

type Numbers = Pick<Policy, 'contracts' | 'zone' | 'calendar'>;

/** Who is told that a company's contract ends: whoever is responsible for it, else the heads. */
export function toldOfContract({ owner }: Pick<Company, 'owner'>, members: readonly Member[]): Member[] {
  const own = members.filter(({ _id, active, role }) => _id === owner && active && role !== 'client');
  return own.length > 0 ? own : headsOf(members);
}

/**
 * When the coming end of a company's contract is told, in milliseconds of UTC: in the first working hour of whoever is
 * responsible, so many days before, or the next they work when that has passed. Undefined when nothing ends.
 */
export function contractNotice(
  company: Pick<Company, 'contracts' | 'archived' | 'owner'>,
  members: readonly Member[],
  { contracts: { noticeDays }, zone, calendar }: Numbers,
  now: number,
): { end: string; due: number } | undefined {
  const end = lastDay(company.contracts);
  if (noticeDays === 0 || company.archived || end === undefined || end < dayOf(now, zone)) return undefined;
  const [reader] = toldOfContract(company, members);
  if (!reader) return undefined;
  const day = DateTime.fromISO(end, { zone: reader.zone }).minus({ days: noticeDays }).toMillis();
  return { end, due: addWorkingTime(Math.max(day, now), firstHour, reader, calendarOf({ calendar })) };
}

/** Is this still the end that has to be told: the alarm may ring for one that was moved or put away. */
export function tellsOfContract(
  { contracts, archived }: Pick<Company, 'contracts' | 'archived'>,
  end: string,
  { contracts: { noticeDays }, zone }: Numbers,
  now: number,
): boolean {
  return noticeDays > 0 && !archived && contractEnd(contracts, dayOf(now, zone), noticeDays) === end;
}

/**
 * When a contract that ends has to be prolonged by: the end of its last day in the agency's zone. Open from the notice
 * on, and for as long after the end: who works with a company no more puts it away.
 */
export function contractTask(
  { contracts, archived }: Pick<Company, 'contracts' | 'archived'>,
  { contracts: { noticeDays }, zone }: Numbers,
  now: number,
): number | undefined {
  const day = dayOf(now, zone);
  const end = contractEnd(contracts, day, noticeDays);
  if (noticeDays === 0 || archived || end === undefined || daysBetween(end, day) > noticeDays)
    return undefined;
  return DateTime.fromISO(end, { zone }).endOf('day').toMillis();
}
