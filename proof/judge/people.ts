import type { Application, Candidate, Stage } from '../../flows/candidate.ts';
import { isOpen } from '../../flows/pipelines/stages.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Outages } from '../world/outages.ts';
import { dayAwaited } from './dayAwaited.ts';
import type { Verdict } from './verdict.ts';

/** What is remembered of an application: since when it is as it is. */
export interface Known {
  stage: Stage;
  stageSince: number;
  version: number;
  versionSince: number;
  refusedAt: number | undefined;
  /** Whether the candidate is asked for a time with the client, and since when it is so. */
  picks: boolean;
  picksSince: number;
}

/** Follows every commit of a candidate: windows, next steps, and what messages are judged by. */
export interface PeopleWatch {
  committed(before: Candidate | undefined, after: Candidate): void;
  /** Whatever a decision changes, it raises the version of what it was made on by one. */
  sawLast(before: Candidate, after: Candidate): void;
  application(id: string): Known | undefined;
  /** A window was let go: by whoever had it, or by somebody else while its owner holds on to it. */
  freed(window: string, owner: Candidate | undefined): void;
  /** Since when the person gets nothing that was not asked for. */
  stoppedSince(candidate: string): number | undefined;
}

export function makePeopleWatch(deps: {
  now: () => number;
  machineNow: () => number;
  policy: Policy;
  outages: Outages;
  verdict: Verdict;
}): PeopleWatch {
  const { now, machineNow, policy, outages, verdict } = deps;
  const known = new Map<string, Known>();
  const owners = new Map<string, string>();
  const stopped = new Map<string, number>();
  const decided = new Set<string>();

  const note = ({ id, stage, interviewVersion: version, refusal, agreement }: Application): void => {
    const old = known.get(id);
    const picks = agreement?.waitsFor === 'candidate';
    known.set(id, {
      stage,
      stageSince: old?.stage === stage ? old.stageSince : now(),
      version,
      versionSince: old?.version === version ? old.versionSince : now(),
      refusedAt: refusal?.at,
      picks,
      picksSince: old?.picks === picks ? old.picksSince : now(),
    });
  };

  const own = (before: Application | undefined, after: Application): void => {
    const old = before?.interview && `${before.interview.interviewer}:${before.interview.start}`;
    const { interview, id } = after;
    const window = interview && `${interview.interviewer}:${interview.start}`;
    if (old === window) return;
    if (old !== undefined && owners.get(old) === id) owners.delete(old);
    if (window === undefined) return;
    const other = owners.get(window);
    if (other !== undefined && other !== id) verdict.report('owner', `${window}: ${other} and ${id}`);
    owners.set(window, id);
  };

  /** Somebody or something must be waiting for an application in work. */
  const hasNext = (person: Candidate, application: Application): boolean => {
    if (!isOpen(application.stage)) return true;
    if (application.tasks.some(({ done }) => done === undefined)) return true;
    if (person.dialog?.application === application.id) return true;
    const { stage, interview } = application;
    const meets =
      (stage === 'interview' || stage === 'clientInterview') &&
      interview &&
      interview.attendance === undefined;
    // It waits for itself until somebody is asked who came, or how the first day was.
    const asked = meets
      ? interview.start + policy.attendanceMinutes * 60_000
      : dayAwaited(application, policy);
    return asked !== undefined && machineNow() - asked - outages.within(asked, machineNow()) < 120_000;
  };

  return {
    application: (id) => known.get(id),
    freed: (window, owner) => {
      const meets = owner?.applications.find(
        ({ interview }) => interview && `${interview.interviewer}:${interview.start}` === window,
      );
      if (meets && isOpen(meets.stage) && meets.interview?.attendance === undefined)
        verdict.report('owner', `${window} was freed while ${meets.id} meets there`);
    },
    stoppedSince: (candidate) => stopped.get(candidate),
    sawLast: (before, after) => {
      const event = after.decided.at(-1);
      if (event !== before.decided.at(-1) && after.version !== before.version + 1)
        verdict.report('overwritten', `${after._id} ${event}: ${before.version} by ${after.version}`);
    },
    committed: (before, after) => {
      const event = after.decided.at(-1);
      if (event !== undefined && event !== before?.decided.at(-1)) {
        // One event may be about several candidates in turn (a link, a merge): once for each.
        const name = `${after._id} ${event}`;
        if (decided.has(name)) verdict.report('decidedTwice', name);
        decided.add(name);
      }
      if (after.stopped && !before?.stopped) stopped.set(after._id, now());
      else if (!after.stopped) stopped.delete(after._id);
      for (const application of after.applications) {
        own(
          before?.applications.find(({ id }) => id === application.id),
          application,
        );
        note(application);
        if (application.agreement && application.stage !== 'agreeing')
          verdict.report('owner', `${application.id} keeps windows of its client in ${application.stage}`);
        if (!hasNext(after, application))
          verdict.report('nextStep', `${after._id} ${application.id} ${application.stage} after ${event}`);
      }
    },
  };
}
