import type { Event } from '../flows/event.ts';
import type { ApiDeps } from './apiDeps.ts';
import type { Caller, Outcome } from './defineRoute.ts';
import { showApplication } from './showApplication.ts';

/** Carry out a command on an application, and answer how the application stands after it. */
export async function performAct(
  deps: ApiDeps,
  of: string,
  caller: Caller,
  command: (base: { id: string; application: string; by: string }) => Event,
): Promise<Outcome> {
  const { db, desk } = deps;
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
  return { status: 200, body: await showApplication(deps, state, application) };
}
