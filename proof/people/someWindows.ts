import { DateTime } from 'luxon';
import type { Random } from '../world/random.ts';

/** Some times of the next days at which somebody could meet, on the grid of windows; two who name some may name the same. */
export function someWindows(now: number, zone: string, random: Random): number[] {
  return Array.from({ length: random.between(1, 4) }, () =>
    DateTime.fromMillis(now, { zone })
      .plus({ days: random.between(1, 4) })
      .set({ hour: random.between(10, 17), minute: random.pick([0, 20, 40]), second: 0, millisecond: 0 })
      .toMillis(),
  );
}
