import { DateTime } from 'luxon';
import type { Application } from '../../flows/candidate.ts';
import type { Policy } from '../../flows/policies/policy.ts';

/**
 * Until when an application waits for its day by itself: the end of the first day, some days before probation ends. Told
 * from the calendar of the agency and nothing of the alarms; undefined when it waits for none.
 */
export function dayAwaited({ stage, fields }: Application, { zone, probation }: Policy): number | undefined {
  const value = fields?.startDate?.value;
  if ((stage !== 'starting' && stage !== 'work') || typeof value !== 'number') return undefined;
  const noon = DateTime.fromMillis(value, { zone }).plus({ hours: 12 });
  const day = stage === 'work' ? noon.plus({ days: probation.days - probation.noticeDays }) : noon;
  const clock = stage === 'work' ? '10:00' : probation.dayEndsAt;
  return DateTime.fromISO(`${day.toISODate()}T${clock}`, { zone }).toMillis();
}
