import type { Application } from './candidate.ts';
import type { Turn } from './turn.ts';

/** Acting on a lead is taking it. */
export function take(turn: Turn, application: Application, by: string): void {
  if (application.taken === undefined && turn.member(by)?.role === 'recruiter') application.recruiter = by;
  application.taken ??= turn.now;
  turn.finishTasks(application, 'take');
}
