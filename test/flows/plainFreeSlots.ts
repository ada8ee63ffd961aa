import { DateTime, Interval } from 'luxon';
import type { FreeSlot } from '../../flows/facts.ts';
import type { Member } from '../../flows/member.ts';
import type { Policy } from '../../flows/policies/policy.ts';

/** Free times as one would write them with Luxon alone, window by window: what the fast one is held against. */
export function plainFreeSlots(
  interviewers: Pick<Member, '_id' | 'hours' | 'zone'>[],
  booked: ReadonlyMap<string, number[]>,
  policy: Policy['slot'],
  now: number,
): FreeSlot[] {
  const length = policy.minutes * 60_000;
  const free: FreeSlot[] = [];
  for (const { _id, hours, zone } of interviewers) {
    const today = DateTime.fromMillis(now, { zone }).startOf('day');
    const taken = (booked.get(_id) ?? []).map((start) => {
      const from = DateTime.fromMillis(start, { zone });
      return Interval.fromDateTimes(from, from.plus({ minutes: policy.minutes }));
    });
    for (let ahead = 0; ahead <= policy.daysAhead; ahead += 1) {
      const day = today.plus({ days: ahead });
      if (hours.off.includes(day.toISODate() ?? '')) continue;
      for (const [open, close] of hours.week[String(day.weekday)] ?? []) {
        const window = Interval.fromDateTimes(clock(day, open), clock(day, close));
        if (!window.isValid) continue;
        const first = Math.ceil(window.start.toMillis() / length) * length;
        let start = DateTime.fromMillis(first, { zone });
        for (
          ;
          start.plus({ minutes: policy.minutes }) <= window.end;
          start = start.plus({ minutes: policy.minutes })
        ) {
          if (start < DateTime.fromMillis(now).plus({ minutes: policy.noticeMinutes })) continue;
          const wide = Interval.fromDateTimes(
            start.minus({ minutes: hours.buffer }),
            start.plus({ minutes: policy.minutes + hours.buffer }),
          );
          if (!taken.some((other) => other.overlaps(wide)))
            free.push({ interviewer: _id, start: start.toMillis() });
        }
      }
    }
  }
  // Hours may overlap where a midnight is skipped: a start is one all the same.
  const once = new Map(free.map((slot) => [`${slot.interviewer} ${slot.start}`, slot]));
  return [...once.values()].sort((a, b) => a.start - b.start || a.interviewer.localeCompare(b.interviewer));
}

function clock(day: DateTime, time: string): DateTime {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  // A day whose midnight is skipped begins at one.
  return hour === 24 ? day.startOf('day').plus({ days: 1 }) : day.set({ hour, minute });
}
