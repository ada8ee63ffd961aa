import type { Application } from './candidate.ts';
import type { FreeSlot } from './facts.ts';
import type { Format } from './vacancy.ts';

/** The window an application holds already, when it may be held in this format instead; undefined otherwise. */
export function ownWindow(
  { interview }: Application,
  format: Format | undefined,
  now: number,
): FreeSlot | undefined {
  if (!interview || format === undefined || interview.format === format) return undefined;
  if (interview.start <= now || interview.attendance) return undefined;
  return { interviewer: interview.interviewer, start: interview.start };
}
