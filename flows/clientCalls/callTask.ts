import type { ClientCall } from './clientCall.ts';

/** What a manager still has to do about a call: write it up, or send what was agreed. Times in milliseconds of UTC. */
export interface CallTask {
  what: 'report' | 'followUp';
  due: number;
  /** How many lines of the check-list are open. */
  left: number;
}

/**
 * The one open task of a call, if it has one: from its start until it is written up, then until the last line of its
 * check-list is ticked. It is read from the call itself, so that nothing can disagree with it.
 *
 * @param minutes how long a call lasts by the agency's settings
 */
export function callTask(
  { start, result, cancelled, todo, due }: ClientCall,
  minutes: number,
  now: number,
): CallTask | undefined {
  if (cancelled !== undefined) return undefined;
  const left = todo.filter(({ done }) => done === undefined).length;
  if (result) return left > 0 && due !== undefined ? { what: 'followUp', due, left } : undefined;
  return start <= now ? { what: 'report', due: start + minutes * 60_000, left } : undefined;
}
