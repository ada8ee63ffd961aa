import type { ClientCall } from '../flows/clientCalls/clientCall.ts';
import { callTask, type CallTask } from '../flows/clientCalls/callTask.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Database } from './database.ts';

/** How long after its start a call is still asked about: as long as it stands in `/call`. */
export const callsKept = 90 * 86_400_000;

/** Every call about which its manager has something to do, with what; the earliest due first. */
export async function readCallTasks(
  db: Pick<Database, 'clientCalls'>,
  policy: Policy,
  now: number,
): Promise<{ call: ClientCall; task: CallTask }[]> {
  const calls = await db.clientCalls
    .find({ cancelled: { $exists: false }, start: { $gt: now - callsKept } })
    .toArray();
  return calls
    .flatMap((call) => {
      const task = callTask(call, policy.clientCalls.minutes, now);
      return task ? [{ call, task }] : [];
    })
    .sort((a, b) => a.task.due - b.task.due);
}
