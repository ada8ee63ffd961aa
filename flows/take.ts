import type { Application } from './candidate.ts';
import { handTasks } from './handTasks.ts';
import type { Turn } from './turn.ts';

/** Acting on a lead is taking it, from whoever's turn it was, with what there is to do. */
export function take(turn: Turn, application: Application, by: string): void {
  turn.finishTasks(application, 'take');
  if (application.taken === undefined && turn.member(by)?.role === 'recruiter') {
    const before = application.recruiter;
    application.recruiter = by;
    handTasks(turn, application, (member) => member === before, by);
  }
  application.taken ??= turn.now;
}
