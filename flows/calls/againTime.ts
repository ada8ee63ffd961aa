import { DateTime } from 'luxon';
import type { Policy } from '../policies/policy.ts';
import { afterQuiet } from '../quietHours.ts';
import { clockTime } from '../workingTime.ts';
import type { Again } from './calls.ts';

/**
 * When a person who did not answer is rung again: in the agency's so many hours, tomorrow morning, this evening (or
 * tomorrow's, when it has begun). By the clock of whoever rings, and never in the night of whom they ring.
 */
export function againTime(
  choice: Again,
  now: number,
  zones: { caller: string; candidate: string },
  { calls, quiet }: Pick<Policy, 'calls' | 'quiet'>,
): number {
  const today = DateTime.fromMillis(now, { zone: zones.caller });
  const tomorrow = today.plus({ days: 1 });
  const evening = clockTime(today, calls.eveningAt).toMillis();
  const at = {
    later: now + calls.againHours * 3_600_000,
    morning: clockTime(tomorrow, calls.morningAt).toMillis(),
    evening: evening > now ? evening : clockTime(tomorrow, calls.eveningAt).toMillis(),
  }[choice];
  return afterQuiet(at, zones.candidate, quiet);
}
