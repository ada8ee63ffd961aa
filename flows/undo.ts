import type { Application } from './candidate.ts';
import type { Refused } from './staffCommand.ts';
import type { Turn } from './turn.ts';

/** Take back the last act, as long as its first message has not left. */
export function undo(turn: Turn, application: Application, { by }: { by: string }): Refused {
  const { undo: last, refusal } = application;
  if (refusal?.messageSent) return { code: 'alreadySent' };
  if (!last) return { code: 'nothingToUndo' };
  if (last.act === 'refuse') {
    turn.cancel(`refusal:${application.id}`);
    delete application.refusal;
  }
  if (last.act === 'blacklist') delete turn.state.blacklisted;
  // The interview was let go with the act: its window may be somebody else's by now.
  application.stage = last.stage === 'interview' && !application.interview ? 'invited' : last.stage;
  // So were the questions: a recruiter looks at what there is.
  if (application.stage === 'screening') application.stage = 'review';
  application.stageAt = turn.now;
  delete application.undo;
  turn.finishTasks(application, 'review', 'decision', 'reschedule');
  const task = {
    review: 'review',
    decision: 'decision',
    invited: 'reschedule',
  } as const;
  if (application.stage in task) turn.addTask(application, task[application.stage as keyof typeof task]);
  turn.fact('undone', application.id, by, { act: { key: `fact.act.${last.act}` } });
  return undefined;
}
