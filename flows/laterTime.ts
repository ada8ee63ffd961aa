import { DateTime } from 'luxon';
import type { Member } from './member.ts';
import type { Calendar } from './policies/calendars/calendar.ts';
import { windowsOn } from './workingTime.ts';

/** What a task can be put off to by one tap. */
export const laterChoices = ['hour', 'evening', 'morning'] as const;
export type Later = (typeof laterChoices)[number];

const hour = 3_600_000;
/** How far the next working morning is looked for, in days. */
const horizon = 30;

/**
 * When "in an hour", "in the evening", "in the morning" is for a member: the last hour of today's work, the beginning
 * of the next working day. Undefined when there is no such time: the evening has begun, or it is a day off.
 */
export function laterTime(
  choice: Later,
  now: number,
  member: Pick<Member, 'hours' | 'zone'>,
  calendar?: Calendar,
): number | undefined {
  if (choice === 'hour') return now + hour;
  const today = DateTime.fromMillis(now, { zone: member.zone }).startOf('day');
  if (choice === 'evening') {
    const ends = windowsOn(today, member, calendar).at(-1)?.[1];
    return ends !== undefined && ends - hour > now ? ends - hour : undefined;
  }
  for (let ahead = 1; ahead <= horizon; ahead += 1) {
    const [first] = windowsOn(today.plus({ days: ahead }), member, calendar);
    if (first) return first[0];
  }
  return undefined;
}
