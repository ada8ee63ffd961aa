import type { Application } from './candidate.ts';
import type { FreeSlot } from './facts.ts';
import type { Turn } from './turn.ts';
import { ownWindow } from './ownWindow.ts';
import type { Format } from './vacancy.ts';

/**
 * The windows an application may have. Its own one is among them only for another format than it is booked in: the
 * same meeting at the same time is nothing to choose.
 */
export function freeOf(turn: Turn, application: Application, format?: Format): FreeSlot[] {
  const start = application.interview?.start;
  const others = (turn.facts.free[application.vacancy] ?? []).filter((slot) => slot.start !== start);
  const own = ownWindow(application, format, turn.now);
  return own ? [...others, own].sort((a, b) => a.start - b.start) : others;
}
