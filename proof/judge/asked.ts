import type { Candidate } from '../../flows/candidate.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { LedgerRow } from '../../models/rows.ts';
import { afterNight } from './night.ts';

/** An answer to what the reader just did, or a reminder for which the morning is too late, as it is late already. */
export function asked(row: LedgerRow, person: Candidate, policy: Policy, now: number): boolean {
  if (!row._id.startsWith('reminder:')) return row.prompt === true;
  const start = person.applications.find(({ id }) => id === row.application)?.interview?.start ?? 0;
  const hours = row._id.split(':')[2] === '3h' ? 3 : 24;
  return afterNight(Math.max(start - hours * 3_600_000, now), person.zone, policy) > start - 3_600_000;
}
