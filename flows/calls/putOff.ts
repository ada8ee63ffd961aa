import type { Application } from '../candidate.ts';
import type { Turn } from '../turn.ts';
import type { Calls } from './calls.ts';

/** What is known of an application's calls so far. */
export function callsOf(application: Application): Calls {
  application.calls ??= { attempts: [], missed: 0 };
  return application.calls;
}

/** A call is due anew: what was tried before is remembered, and counts no more. */
export function beginCalls(application: Application): void {
  if (application.calls) application.calls = { attempts: application.calls.attempts, missed: 0 };
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
  const task = turn.addTask(application, 'call');
  if (!task) return;
  turn.moveTask(application, task, turn.workingTime(task.member, turn.facts.policy.sla.call.minutes, at));
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
  if (calls?.after !== at || turn.spec(application).task?.kind !== 'call') return;
  turn.tell(
    application,
    calls.promisedBy === undefined ? 'calls.notice.again' : 'calls.notice.promised',
    { phone: turn.state.phone ?? '—' },
    { stages: [application.stage] },
    [[{ label: { key: 'calls.button.open' }, data: `d:open:${application.id}`, style: 'primary' }]],
  );
}
