import { DateTime } from 'luxon';
import { z } from 'zod';
import { entryKinds } from './readEntries.ts';

/** What is asked of the calendar, as its address says it; nonsense is nothing. */
export const calendarQuery = z.object({
  /** A day of the week that is looked at, as ISO date; unset: this week. */
  week: z
    .string()
    .regex(/^20\d\d-\d\d-\d\d$/)
    .optional()
    .catch(undefined),
  kind: z.enum(entryKinds).optional().catch(undefined),
  /** Whose, of everybody's: a member's id. */
  who: z.string().max(60).optional().catch(undefined),
});
export type CalendarQuery = z.output<typeof calendarQuery>;

/** The first moment of the week that is asked for, in the reader's zone. */
export function mondayOf({ week }: CalendarQuery, zone: string, now: number): DateTime {
  const asked = week === undefined ? undefined : DateTime.fromISO(week, { zone });
  return (asked?.isValid ? asked : DateTime.fromMillis(now, { zone })).startOf('week');
}
