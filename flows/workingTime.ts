import { DateTime } from 'luxon';
import type { Member } from './member.ts';
import { dayOf } from './dayOf.ts';
import type { Calendar } from './policies/calendars/calendar.ts';

/** How far ahead a working minute is looked for, in days: someone with no hours at all gets plain time. */
const horizon = 60;

/**
 * The member's working windows on a day, as [from, to] in milliseconds, earliest first. With a production calendar:
 * none on public holidays, those of another weekday on a moved working day, an hour less before a holiday. The
 * member's own days off are off in any case.
 */
export function windowsOn(
  day: DateTime,
  { hours }: Pick<Member, 'hours'>,
  calendar?: Calendar,
): [from: number, to: number][] {
  const date = day.toISODate() ?? '';
  const year = calendar?.[String(day.year)];
  if (hours.off.includes(date) || year?.off.includes(date)) return [];
  const own = hours.week[String(day.weekday)];
  const windows = (own ?? hours.week[String(year?.working[date])] ?? [])
    .map(([from, to]): [number, number] => [clockTime(day, from).toMillis(), clockTime(day, to).toMillis()])
    .sort(([a], [b]) => a - b);
  return year?.short.includes(date) ? anHourLess(windows) : windows;
}

type Windows = ReturnType<typeof windowsOn>;
const days = new WeakMap<
  Member['hours'],
  Map<string, { calendar: Calendar | undefined; windows: Windows }>
>();

/** Those of a calendar day in the member's zone, remembered as long as their hours are the same document. */
function windowsOf(date: string, member: Pick<Member, 'hours' | 'zone'>, calendar?: Calendar): Windows {
  const key = `${date} ${member.zone}`;
  let ofHours = days.get(member.hours);
  const known = ofHours?.get(key);
  if (known && known.calendar === calendar) return known.windows;
  if (!ofHours) days.set(member.hours, (ofHours = new Map()));
  const windows = windowsOn(DateTime.fromISO(date, { zone: member.zone }), member, calendar);
  ofHours.set(key, { calendar, windows });
  return windows;
}

/** The last hour of the day is not worked, whichever windows it lies in. */
function anHourLess(windows: [from: number, to: number][]): [from: number, to: number][] {
  const last = windows.at(-1)?.[1] ?? 0;
  const end = last - 3_600_000;
  return windows
    .filter(([from]) => from < end)
    .map(([from, to]): [number, number] => [from, Math.min(to, end)]);
}

/** A wall-clock time of a day; "24:00" is the next midnight. */
export function clockTime(day: DateTime, time: string): DateTime {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour === 24
    ? day.startOf('day').plus({ days: 1 })
    : day.set({ hour, minute, second: 0, millisecond: 0 });
}

/**
 * The moment when `minutes` of the member's working time have passed since `from`.
 * @example two hours from Friday 18:00 for someone who works until 19:00 ends on Monday at 11:00.
 */
export function addWorkingTime(
  from: number,
  minutes: number,
  member: Pick<Member, 'hours' | 'zone'>,
  calendar?: Calendar,
): number {
  let left = minutes * 60_000;
  const first = Date.parse(dayOf(from, member.zone));
  for (let ahead = 0; ahead < horizon; ahead += 1) {
    const date = new Date(first + ahead * 86_400_000).toISOString().slice(0, 10);
    for (const [open, close] of windowsOf(date, member, calendar)) {
      const begin = Math.max(open, from);
      if (begin >= close) continue;
      if (close - begin >= left) return begin + left;
      left -= close - begin;
    }
  }
  return from + minutes * 60_000;
}
