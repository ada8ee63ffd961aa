import type { Application } from '../candidate.ts';
import type { CallCame } from '../event.ts';
import { isOpen } from '../pipelines/stages.ts';
import type { Turn } from '../turn.ts';
import type { Rang } from './calls.ts';
import { callsOf, callTask, stopWaiting } from './putOff.ts';
import { ringButton } from './ringButton.ts';
import { talkTime } from './talkTime.ts';

/**
 * Somebody we know rang the agency. A talk is a fact of the history; a call that nobody took is the recruiter's to ring
 * back. Where no application is in work, it is the last one's fact, and nobody's task.
 */
export function callCame(turn: Turn, { call, vacancy }: CallCame): void {
  const application = rungAbout(turn.state.applications, vacancy);
  if (application) keepCall(turn, application, call);
}

/**
 * Put a call down with an application.
 *
 * @param fresh it was made of this very call: whoever has it is told of that anyway
 */
export function keepCall(turn: Turn, application: Application, call: Rang, fresh = false): void {
  const calls = callsOf(application);
  // The telephony may tell late: whatever came after the call counts more.
  const late = (calls.rang?.at ?? 0) > call.at || (calls.attempts.at(-1)?.at ?? 0) > call.at;
  if ((calls.rang?.at ?? 0) <= call.at) calls.rang = call;
  rightNumber(turn, application, call);
  const when = { at: call.at, as: 'dateTime' as const };
  if (call.talk !== undefined) {
    turn.fact('callAnswered', application.id, undefined, { when, talk: talkTime(call.talk) });
    if (!late) reached(turn, application);
    return;
  }
  turn.fact('callMissed', application.id, undefined, { when });
  if (late) return;
  if (isOpen(application.stage)) oweRing(turn, application);
  if (!fresh) tellMissed(turn, application, call);
}

/** Which application a call is about: of those in work that of the number's vacancy, else the newest, else where they work. */
function rungAbout(
  applications: readonly Application[],
  vacancy: string | undefined,
): Application | undefined {
  const open = applications.filter(({ stage }) => isOpen(stage));
  return (
    open.findLast((one) => one.vacancy === vacancy) ??
    open.at(-1) ??
    applications.findLast(({ stage }) => stage === 'hired') ??
    applications.at(-1)
  );
}

/** Whoever has them hears of it; where nobody works on it any more, without being asked to ring. */
function tellMissed(turn: Turn, application: Application, { at, from }: Rang): void {
  const phone = from ?? turn.state.phone ?? '—';
  const params = { phone, when: { at, as: 'dateTime' as const }, stage: turn.stageName(application) };
  const open = isOpen(application.stage);
  turn.tell(
    application,
    open ? 'calls.notice.rang' : 'calls.notice.rangOver',
    params,
    {},
    open ? [[ringButton(application)]] : [],
  );
}

/** They are at their telephone now: whatever was waited for is not waited for any more. */
function oweRing(turn: Turn, application: Application): void {
  stopWaiting(turn, application);
  const calls = callsOf(application);
  calls.missed = 0;
  delete calls.skipped;
  const task = callTask(turn, application);
  const soon = turn.workingTime(task?.member, turn.facts.policy.sla.ringBack.minutes);
  if (task && task.due > soon) turn.moveTask(application, task, soon);
}

/** Somebody spoke with them: nobody has to ring back. */
function reached(turn: Turn, application: Application): void {
  const calls = callsOf(application);
  calls.missed = 0;
  turn.finishTasks(application, 'ringBack');
  // What was promised still is; what was only to be tried again was this.
  if (calls.promisedBy === undefined) stopWaiting(turn, application);
}

/** Whoever rings from a number is reached by it, whatever was noted of it. */
function rightNumber(turn: Turn, application: Application, { from }: Rang): void {
  const { wrong } = callsOf(application);
  if (wrong === undefined || wrong !== (from ?? turn.state.phone)) return;
  delete callsOf(application).wrong;
  turn.finishTasks(application, 'contact');
}
