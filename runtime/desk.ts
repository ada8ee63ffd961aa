import type { Decision } from '../flows/facts.ts';
import type { Event } from '../flows/event.ts';
import type { Arrival } from '../flows/sites/arrival.ts';

/**
 * The one door through which anybody changes a candidate: the channels' events, the recruiter's buttons and the
 * admin API come through here, are decided by the same function and refused with the same codes.
 */
export interface Desk {
  /**
   * Decide an event for a candidate now, durably; effects leave by themselves. Safe to repeat with the same id.
   *
   * @param committed called as soon as the decision is durable, before its effects are
   */
  perform(candidate: string, event: Event, committed?: () => void): Promise<Decision>;
  /** A candidate brought in by hand, by the API or by a job site; a known phone number finds the person who is there already. */
  addCandidate(lead: NewLead): Promise<{ candidate: string; application: string; known: boolean }>;
}

export interface NewLead {
  /** Unique per request: the same id again answers the same. */
  id: string;
  name?: string;
  phone?: string;
  email?: string;
  vacancy: string;
  source: string;
  by: string;
  /** Of a lead that came by itself: told twice, it stands once. */
  arrival?: Arrival;
}
