import { dayOf } from '../flows/dayOf.ts';
import type { ApiDeps } from './apiDeps.ts';

/** Today as an ISO date, in the agency's zone. */
export function todayOf({ clock, policy }: Pick<ApiDeps, 'clock' | 'policy'>): string {
  return dayOf(clock.now(), policy.zone);
}
