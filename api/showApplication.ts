import type { Application, Candidate } from '../flows/candidate.ts';
import { offersUndo } from '../flows/offersUndo.ts';
import { readPipelines } from '../models/pipelines.ts';
import { messagesLeft } from '../runtime/messagesLeft.ts';
import type { ApiDeps } from './apiDeps.ts';
import { applicationView } from './views/applicationView.ts';

/** An application as it stands now, as the API answers it: `undo` only what the card would offer to take back. */
export async function showApplication(
  { db, clock, policy }: Pick<ApiDeps, 'db' | 'clock' | 'policy'>,
  candidate: Candidate,
  application: Application,
): Promise<ReturnType<typeof applicationView>> {
  const [pipelines, left] = await Promise.all([readPipelines(db), messagesLeft(db, application)]);
  return applicationView(candidate, application, {
    minutes: policy.slot.minutes,
    pipelines,
    undoable: offersUndo(application, left, clock.now()),
  });
}
