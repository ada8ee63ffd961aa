import type { Application } from '../candidate.ts';
import type { CallCame } from '../event.ts';
import { isOpen } from '../pipelines/stages.ts';
import type { Turn } from '../turn.ts';
import { callsOf, callTask, stopWaiting } from './putOff.ts';
import { talkTime } from './talkTime.ts';

/**
 * Somebody we know rang the agency. A talk is a fact of the history; a call that nobody took is the recruiter's to ring
 * back. Where no application is in work, it is the last one's fact, and nobody's task.
 */
export function callCame(turn: Turn, event: CallCame): void {
  const application = rungAbout(turn.state.applications, event);
  if (!application) return;
  const { call } = event;
  const calls = callsOf(application);
  // The telephony may tell late: whatever came after the call counts more.
  const late = (calls.rang?.at ?? 0) > call.at || (calls.attempts.at(-1)?.at ?? 0) > call.at;
  if ((calls.rang?.at ?? 0) <= call.at) calls.rang = call;
  const when = { at: call.at, as: 'dateTime' as const };
  if (call.talk !== undefined) {
    turn.fact('callAnswered', application.id, undefined, { when, talk: talkTime(call.talk) });
    if (!late) reached(turn, application);
    return;
  }
  turn.fact('callMissed', application.id, undefined, { when });
  if (!late) missed(turn, application, event);
}

/** Which application a call is about: of those in work that of the number's vacancy, else the newest. */
function rungAbout(
  applications: readonly Application[],
  { fresh, vacancy }: CallCame,
): Application | undefined {
  const open = applications.filter(({ stage }) => isOpen(stage));
  return (
    applications.find(({ id }) => id === fresh) ??
    open.findLast((one) => one.vacancy === vacancy) ??
    open.at(-1) ??
    applications.at(-1)
  );
}

/** Whoever has them hears of it; in work it is a task to ring back. */
function missed(turn: Turn, application: Application, { call, fresh }: CallCame): void {
  if (isOpen(application.stage)) oweRing(turn, application);
  if (fresh === application.id) return;
  const open = {
    label: { key: 'calls.button.open' },
    data: `d:open:${application.id}`,
    style: 'primary' as const,
  };
  turn.tell(
    application,
    'calls.notice.rang',
    { phone: turn.state.phone ?? '—', when: { at: call.at, as: 'dateTime' } },
    {},
    isOpen(application.stage) ? [[open]] : [],
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
  callsOf(application).missed = 0;
  turn.finishTasks(application, 'ringBack');
}
