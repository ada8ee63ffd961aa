import type { Candidate } from '../../flows/candidate.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { LedgerRow } from '../../models/rows.ts';

/** What the policy says of its own messages, told from the meeting or the refusal and nothing of the alarms. */
export function earliest(row: LedgerRow, person: Candidate | undefined, policy: Policy): number {
  const [kind, id, more] = row._id.split(':');
  const application = person?.applications.find((one) => one.id === id);
  // Of the refusal that stands: one that was undone and made again has a time of its own.
  if (kind === 'refusal')
    return Math.max(Number(more), application?.refusal?.at ?? 0) + policy.refusal.messageHours * 3_600_000;
  if (kind !== 'reminder' || !application?.interview) return 0;
  return application.interview.start - (more === '3h' ? 3 : 24) * 3_600_000;
}
