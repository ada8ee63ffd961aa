import type { Application } from './candidate.ts';
import type { Turn } from './turn.ts';

/** An application has another recruiter: open tasks of whoever had it go along. What is late begins anew. */
export function handTasks(
  turn: Turn,
  application: Application,
  theirs: (member: string) => boolean,
  to: string,
): void {
  for (const task of application.tasks) {
    if (task.done !== undefined || task.member === to || !theirs(task.member)) continue;
    task.member = to;
    if (task.due > turn.now) turn.moveTask(application, task, task.due);
    else turn.armTask(application, task);
  }
}
