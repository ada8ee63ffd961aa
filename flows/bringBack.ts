import type { Application, Stage } from './candidate.ts';
import { stageTasks } from './pipelines/stageTasks.ts';
import type { Turn } from './turn.ts';

/** Put an application back where it stood, with the task that belongs there. */
export function bringBack(turn: Turn, application: Application, stage: Stage): void {
  // The interview was let go with the act: its window may be somebody else's by now.
  application.stage = stage;
  if (!application.interview && stage === 'interview') application.stage = 'invited';
  if (!application.interview && stage === 'clientInterview') application.stage = 'agreeing';
  // So were the questions: a recruiter looks at what there is.
  if (application.stage === 'screening') application.stage = 'review';
  application.stageAt = turn.now;
  turn.finishTasks(application, ...stageTasks);
  const { task } = turn.spec(application);
  if (task) turn.addTask(application, task.kind);
}
