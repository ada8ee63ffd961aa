import type { Event } from '../flows/event.ts';
import { readPipelines } from '../models/pipelines.ts';
import type { ApiDeps } from './apiDeps.ts';
import type { Caller, Outcome } from './defineRoute.ts';
import { applicationView } from './views/applicationView.ts';

/** Carry out a command on an application, and answer how the application stands after it. */
export async function performAct(
  { db, desk, policy }: ApiDeps,
  of: string,
  caller: Caller,
  command: (base: { id: string; application: string; by: string }) => Event,
): Promise<Outcome> {
  const found = await db.candidates.findOne({ 'applications.id': of });
  if (!found) return { problem: { code: 'noSuchApplication' } };
  let state = found;
  if (!caller.repeated) {
    const event = command({ id: caller.event, application: of, by: caller.by });
    const decision = await desk.perform(found._id, event);
    if (!decision.ok) return { problem: { code: decision.code, params: decision.params } };
    state = decision.state;
  }
  const application = state.applications.find((one) => one.id === of);
  if (!application) return { problem: { code: 'noSuchApplication' } };
  return {
    status: 200,
    body: applicationView(state, application, policy.slot.minutes, await readPipelines(db)),
  };
}
