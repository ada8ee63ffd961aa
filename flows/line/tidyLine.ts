import { groupOfSeat } from '../groups/seat.ts';
import type { Turn } from '../turn.ts';
import { mayWait } from './joinLine.ts';
import { passOn } from './offer.ts';

/** Whoever is not looked for a time for any more leaves the line, and what was kept for them goes on. */
export function tidyLine(turn: Turn): void {
  for (const application of turn.state.applications) {
    if (!application.waiting && !application.offer) continue;
    const { offer, group } = application;
    const seat = offer !== undefined && groupOfSeat(offer.interviewer) !== undefined;
    const waits = seat ? group?.state === 'waiting' || group?.state === 'booked' : mayWait(application);
    if (waits && !turn.state.stopped && !turn.state.blacklisted) continue;
    delete application.waiting;
    passOn(turn, application, 'line.over');
  }
}
