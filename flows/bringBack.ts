import type { Application, Stage } from './candidate.ts';
import type { Turn } from './turn.ts';

/** What is owed in a stage that an application comes back to. */
const owed = { review: 'review', decision: 'decision', invited: 'reschedule' } as const;

/** Put an application back where it stood, with the task that belongs there. */
export function bringBack(turn: Turn, application: Application, stage: Stage): void {
  // The interview was let go with the act: its window may be somebody else's by now.
  application.stage = stage === 'interview' && !application.interview ? 'invited' : stage;
  // So were the questions: a recruiter looks at what there is.
  if (application.stage === 'screening') application.stage = 'review';
  application.stageAt = turn.now;
  turn.finishTasks(application, 'review', 'decision', 'reschedule');
  const now = application.stage;
  if (now === 'review' || now === 'decision' || now === 'invited') turn.addTask(application, owed[now]);
}
