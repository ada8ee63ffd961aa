import { DateTime, IANAZone } from 'luxon';
import type { Member } from '../../flows/member.ts';
import { makeRandom } from '../../proof/world/random.ts';

type Interviewer = Pick<Member, '_id' | 'hours' | 'zone'>;

/** Interviewers with hours at day and night, days off and bookings around a moment; the same each time. */
export function diaries(
  people: number,
  bookings: number,
  zone: string,
  around: number,
): { interviewers: Interviewer[]; booked: Map<string, number[]> } {
  const random = makeRandom(people * 1_000 + bookings, zone);
  const interviewers = Array.from({ length: people }, (_, index): Interviewer => {
    const hours: [string, string][] =
      index % 2 === 0
        ? [
            ['00:00', '05:00'],
            ['22:00', '24:00'],
          ]
        : [
            ['01:30', '03:30'],
            ['09:00', '18:10'],
          ];
    return {
      _id: `i${index}`,
      zone,
      hours: {
        week: Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, hours])),
        off: [DateTime.fromMillis(around + 2 * 86_400_000, { zone }).toISODate() ?? ''].slice(index % 3),
        buffer: random.pick([0, 10]),
      },
    };
  });
  const grid = 1_200_000;
  const booked = new Map(
    interviewers.map(({ _id }) => [
      _id,
      Array.from({ length: bookings }, () => {
        const at = around + random.between(-86_400_000, Math.max(3, bookings / 8) * 86_400_000);
        return Math.floor(at / grid) * grid;
      }),
    ]),
  );
  return { interviewers, booked };
}

/** When the clocks of each zone change, found by halving. */
export function clockChanges(from: number, to: number): { zone: string; at: number }[] {
  const week = 7 * 86_400_000;
  const changes: { zone: string; at: number }[] = [];
  for (const name of Intl.supportedValuesOf('timeZone')) {
    const zone = IANAZone.create(name);
    for (let at = Date.UTC(from, 0, 1); at < Date.UTC(to + 1, 0, 1); at += week) {
      if (zone.offset(at) === zone.offset(at + week)) continue;
      let [low, high] = [at, at + week];
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (zone.offset(middle) === zone.offset(at)) low = middle;
        else high = middle;
      }
      changes.push({ zone: name, at: high });
    }
  }
  return changes;
}
