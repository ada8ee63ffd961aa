import type { Application, Stage } from './candidate.ts';
import { isOwn } from './pipelines/stages.ts';

/** What the candidate may know: nothing of a refusal before its message, an interview as long as it is to come. */
function shownStage({ stage, interview, refusal, setAside }: Application, now: number): Stage {
  if (interview && interview.start > now) return 'interview';
  if (isOwn(stage)) return 'review';
  if (stage === 'reserve' && setAside && !setAside.messageSent) return 'review';
  return stage === 'refused' && refusal && !refusal.messageSent ? 'review' : stage;
}

/** Under which key the candidate reads where an application stands. */
export function statusKey(application: Application, now: number): string {
  const { interview } = application;
  if (interview?.kind === 'training' && interview.start > now) return 'group.statusTraining';
  // Over, and nobody has put down yet how it went.
  const over = interview && application.stage === 'interview' && interview.start <= now;
  return over ? 'candidate.status.held' : `candidate.status.${shownStage(application, now)}`;
}
