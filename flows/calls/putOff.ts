import type { Application, Task } from '../candidate.ts';
import type { Turn } from '../turn.ts';
import type { Calls } from './calls.ts';
import { isCallStage, isToCall } from './isToCall.ts';
import { ringButton } from './ringButton.ts';

/** What is known of an application's calls so far. */
export function callsOf(application: Application): Calls {
  application.calls ??= { attempts: [], missed: 0 };
  return application.calls;
}

/** A call is due anew: what was tried before is remembered, and counts no more. */
export function beginCalls(application: Application): void {
  if (!application.calls) return;
  const { attempts, rang } = application.calls;
  application.calls = { attempts, missed: 0, ...(rang && { rang }) };
}

/** Ring again at a time: the recruiter is reminded then, and the task has its time limit from there. */
export function putOff(turn: Turn, application: Application, at: number, promisedBy?: string): void {
  const calls = callsOf(application);
  calls.after = at;
  if (promisedBy === undefined) delete calls.promisedBy;
  else calls.promisedBy = promisedBy;
  turn.schedule(`callAgain:${application.id}`, at, {
    kind: 'callAgain',
    application: application.id,
    at,
  });
  const task = callTask(turn, application);
  if (!task) return;
  const { minutes } = turn.facts.policy.sla[task.kind];
  turn.moveTask(application, task, turn.workingTime(task.member, minutes, at));
}

/** The task of ringing them, made when there is none: the stage's own, or that of ringing back. */
export function callTask(turn: Turn, application: Application): Task | undefined {
  if (!isCallStage(turn.facts.pipelines, application)) return turn.addTask(application, 'ringBack');
  turn.finishTasks(application, 'ringBack');
  return turn.addTask(application, 'call');
}

/** Nothing is waited for any more: somebody rang, wrote, or the application went on. */
export function stopWaiting(turn: Turn, application: Application): void {
  const { calls } = application;
  if (!calls) return;
  if (calls.after !== undefined) turn.cancel(`callAgain:${application.id}`);
  if (calls.reserveAt !== undefined) turn.cancel(`callReserve:${application.id}`);
  delete calls.after;
  delete calls.promisedBy;
  delete calls.reserveAt;
}

/** The time has come to ring again. */
export function callAgain(turn: Turn, application: Application, at: number): void {
  const { calls } = application;
  if (calls?.after !== at || !isToCall(turn.facts.pipelines, application)) return;
  turn.tell(
    application,
    calls.promisedBy === undefined ? 'calls.notice.again' : 'calls.notice.promised',
    { phone: turn.state.phone ?? '—' },
    { stages: [application.stage] },
    [[ringButton(application)]],
  );
}
