import { DateTime } from 'luxon';
import type { Application } from '../candidate.ts';
import { stopLooking } from '../lookingForWork.ts';
import type { Stage } from '../pipelines/stages.ts';
import type { Policy } from '../policies/policy.ts';
import type { Turn } from '../turn.ts';
import { clockTime } from '../workingTime.ts';
import { askDates } from './afterMeeting.ts';

/** The first day of work by the agency's clock, when it is known. */
function firstDay(application: Application, { zone }: Policy): DateTime | undefined {
  const value = application.fields?.startDate?.value;
  // Somebody east of the agency meant the day that had begun there.
  return typeof value === 'number'
    ? DateTime.fromMillis(value, { zone }).plus({ hours: 12 }).startOf('day')
    : undefined;
}

/** When both are asked how the first day went. */
function firstDayEnds(application: Application, policy: Policy): number | undefined {
  const day = firstDay(application, policy);
  return day && clockTime(day, policy.probation.dayEndsAt).toMillis();
}

/** When probation ends, and when that is told beforehand. */
function probationOf(application: Application, policy: Policy): { end: number; notice: number } | undefined {
  const day = firstDay(application, policy);
  if (!day) return undefined;
  const end = day.plus({ days: policy.probation.days });
  return {
    end: end.toMillis(),
    notice: clockTime(end.minus({ days: policy.probation.noticeDays }), '10:00').toMillis(),
  };
}

/** Is it a day that is still to come which an application waits for? */
export function waitsForDay(application: Application, policy: Policy, now: number): boolean {
  if (application.stage === 'starting') return (firstDayEnds(application, policy) ?? 0) > now;
  if (application.stage === 'work') return (probationOf(application, policy)?.notice ?? 0) > now;
  return false;
}

/** What the late stages begin with: the client is asked, alarms are set, the person is congratulated. */
export function entered(turn: Turn, application: Application, stage: Stage): void {
  const { policy } = turn.facts;
  const more = {
    prompt: false,
    application: application.id,
    stages: [stage],
    notBefore: turn.graceEnds(),
  };
  const vacancy = turn.title(application);
  if (stage === 'offer') askDates(turn, application);
  if (stage === 'starting') armFirstDay(turn, application);
  if (stage === 'work') {
    const probation = probationOf(application, policy);
    if (probation)
      turn.schedule(`probation:${application.id}`, Math.max(probation.notice, turn.now), {
        kind: 'probation',
        application: application.id,
        end: probation.end,
      });
    turn.say('late.works', { vacancy }, undefined, more);
  }
  if (stage === 'hired') {
    turn.say('late.hired', { vacancy }, undefined, more);
    stopLooking(turn, 'hired');
  }
  if (stage === 'dismissed') guarantee(turn, application);
}

/** The start day is known, or moved: the evening before the person is reminded, at its end both are asked. */
export function armFirstDay(turn: Turn, application: Application): void {
  const { policy } = turn.facts;
  const day = firstDay(application, policy);
  const ends = firstDayEnds(application, policy);
  if (!day || ends === undefined) return;
  const start = day.toMillis();
  // Put down when the day was over: they know of it.
  if (ends > turn.now)
    turn.say(
      'late.starting',
      { vacancy: turn.title(application), day: { at: start, as: 'date', zone: policy.zone } },
      undefined,
      {
        prompt: false,
        application: application.id,
        stages: ['starting'],
        notBefore: turn.graceEnds(),
      },
    );
  const eve = clockTime(day.minus({ days: 1 }), policy.probation.dayEndsAt).toMillis();
  const base = { application: application.id, start };
  if (eve > turn.now) turn.schedule(`startEve:${application.id}`, eve, { kind: 'startEve', ...base });
  turn.schedule(`firstDay:${application.id}`, Math.max(ends, turn.now), { kind: 'firstDay', ...base });
}

/** Does the day that an alarm was set for still stand? */
export function isFirstDay(turn: Turn, application: Application, start: number): boolean {
  return application.stage === 'starting' && firstDay(application, turn.facts.policy)?.toMillis() === start;
}

/** Was the person dismissed while the agency's guarantee held? */
export function inGuarantee(turn: Turn, application: Application): boolean {
  const { policy } = turn.facts;
  const day = firstDay(application, policy);
  const dismissed = application.fields?.dismissedAt?.value;
  const until = day?.plus({ days: policy.probation.guaranteeDays }).toMillis() ?? Infinity;
  return Number(dismissed ?? turn.now) <= until;
}

/** Dismissed within the guarantee: a replacement is owed, and the vacancy is to be opened again. */
function guarantee(turn: Turn, application: Application): void {
  if (!inGuarantee(turn, application)) return turn.tell(application, 'late.dismissed');
  turn.addTask(application, 'replace');
  turn.tell(application, 'late.guarantee', {}, {}, [
    [{ label: { key: 'late.button.reopen' }, data: `v:reopen:${application.vacancy}` }],
  ]);
}
