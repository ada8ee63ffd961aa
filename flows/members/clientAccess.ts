import type { Member } from '../member.ts';
import type { Policy } from '../policies/policy.ts';

/** What is done about a client's access; `later`: looked at again then. */
export type AccessStep = 'back' | 'notice' | 'close' | 'later' | undefined;

/** What a client's access hangs on. */
export interface AccessFacts {
  /** Open vacancies of theirs. */
  open: number;
  /** People of theirs who are on the way to their first day, or met the client lately: their word is still awaited. */
  busy: number;
}

/**
 * A client's access ends with their last vacancy, with a notice before, and comes back with a new one. Whoever was let
 * in or shut out by hand stays so: until their next vacancy closes, or until a hand opens it.
 */
export function clientAccess(
  { role, active, access = {} }: Pick<Member, 'role' | 'active' | 'access'>,
  { open, busy }: AccessFacts,
  policy: Policy['clientAccess'],
  now: number,
): AccessStep {
  if (role !== 'client') return undefined;
  const { endsAt, ended, kept } = access;
  if (open > 0) return [endsAt, ended, kept].some((one) => one !== undefined) ? 'back' : undefined;
  if (!active || kept !== undefined || policy.ends === 'never') return undefined;
  if (busy > 0) return 'later';
  if (endsAt === undefined) return 'notice';
  return endsAt <= now ? 'close' : undefined;
}
