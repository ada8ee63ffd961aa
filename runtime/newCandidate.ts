import type { Candidate } from '../flows/candidate.ts';
import type { Policy } from '../flows/policies/policy.ts';

/** A person nobody knows yet. */
export function newCandidate(id: string, policy: Policy, now: number): Candidate {
  return {
    _id: id,
    version: 0,
    createdAt: now,
    channels: [],
    lang: policy.lang,
    zone: policy.zone,
    applications: [],
    decided: [],
    outbox: [],
  };
}
