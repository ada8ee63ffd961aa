import type { Application, Candidate } from '../candidate.ts';
import type { Pipeline } from '../pipelines/pipeline.ts';
import type { Policy } from '../policies/policy.ts';
import { afterQuiet } from '../quietHours.ts';
import { isToCall } from './isToCall.ts';

/** Somebody who is to be rung. */
export interface Ringable {
  candidate: Candidate;
  application: Application;
}

/** Whom one may ring now, in order; and when the next can be rung who cannot now. */
export interface CallQueue {
  ready: Ringable[];
  next?: number;
}

/**
 * The call list of one member. First the person they have on the screen, then calls that were promised, their own
 * people by the time limit of the task, and at last the others they may act for. Nobody is rung at night (unless they
 * were promised it), while somebody else rings them, or by a number that is known to be wrong.
 *
 * @param may whom the member may act for
 */
export function callQueue(
  people: readonly Candidate[],
  {
    member,
    may,
    pipelines,
    policy,
    now,
  }: {
    member: string;
    may: (application: Application) => boolean;
    pipelines: readonly Pipeline[];
    policy: Pick<Policy, 'calls' | 'quiet'>;
    now: number;
  },
): CallQueue {
  const all = people
    .flatMap((candidate) => candidate.applications.map((application) => ({ candidate, application })))
    .filter(({ application }) => isToCall(pipelines, application) && may(application))
    .filter(({ candidate, application }) => !isWrong(candidate, application))
    .map((one) => ({ ...one, from: rungFrom(one, member, policy, now), rank: rankOf(one, member, now) }));
  const ready = all
    .filter(({ from }) => from <= now)
    .sort((a, b) => a.rank - b.rank || dueOf(a.application) - dueOf(b.application));
  const waiting = all.map(({ from }) => from).filter((from) => from > now);
  return {
    ready: ready.map(({ candidate, application }) => ({ candidate, application })),
    ...(waiting.length > 0 && { next: Math.min(...waiting) }),
  };
}

function isWrong({ phone }: Candidate, { calls }: Application): boolean {
  return calls?.wrong !== undefined && calls.wrong === (phone ?? '');
}

/** From when this member may ring this person. */
function rungFrom(
  { candidate, application }: Ringable,
  member: string,
  { calls: { holdMinutes }, quiet }: Pick<Policy, 'calls' | 'quiet'>,
  now: number,
): number {
  const { held, zone } = candidate;
  const { after = 0, promisedBy, skipped = 0 } = application.calls ?? {};
  const others = held && held.member !== member ? held.until : 0;
  if (held?.member === member && held.application === application.id && held.until > now) return now;
  // Whoever promised a call makes it; the others step in when it is late.
  const promise = promisedBy !== undefined && promisedBy !== member ? after + holdMinutes * 60_000 : after;
  const day = promisedBy === undefined ? afterQuiet(now, zone, quiet) : now;
  return Math.max(others, promise, skipped, day);
}

function rankOf({ candidate: { held, phone }, application }: Ringable, member: string, now: number): number {
  if (held?.member === member && held.application === application.id && held.until > now) return 0;
  if (application.calls?.promisedBy !== undefined) return 1;
  if (phone === undefined) return 4;
  return application.recruiter === member ? 2 : 3;
}

function dueOf({ tasks, stageAt }: Application): number {
  const due = tasks
    .filter(({ kind, done }) => (kind === 'call' || kind === 'ringBack') && done === undefined)
    .map((task) => task.due);
  return due.length > 0 ? Math.min(...due) : stageAt;
}
