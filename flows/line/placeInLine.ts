import type { Application, Candidate } from '../candidate.ts';
import type { FreeSlot } from '../facts.ts';
import type { Policy } from '../policies/policy.ts';
import { afterQuiet } from '../quietHours.ts';

const hour = 3_600_000;

/**
 * Where somebody stands in the line for a freed window: `no` not at all, `later` when it cannot be offered to them
 * just now, else since when they wait. Who asked comes before whose interview is merely far off.
 */
export type PlaceInLine = 'no' | 'later' | { asked: boolean; since: number };

/** Whose turn it is can be told from one candidate alone: who comes first is a matter of sorting. */
export function placeInLine(
  person: Candidate,
  application: Application,
  { interviewer, start }: FreeSlot,
  policy: Policy,
  now: number,
): PlaceInLine {
  const { waiting, interview, stage, offered = [] } = application;
  const reached = person.channels.some(({ blocked }) => !blocked);
  if (person.blacklisted || person.stopped || !reached || application.next) return 'no';
  if (offered.includes(`${interviewer}:${start}`)) return 'no';
  if (stage === 'invited' ? !waiting : stage !== 'interview') return 'no';
  const since = waiting?.since ?? farSince(application, start, policy, now);
  if (since === undefined) return 'no';
  if (interview && (interview.kind || interview.start <= start || interview.start <= now)) return 'no';
  const until = offerUntil(now, start, person.zone, policy);
  if (until === undefined) return 'no';
  const talks = person.relay !== undefined && person.relay.until > now;
  if (application.offer || talks || afterQuiet(now, person.zone, policy.quiet) > now) return 'later';
  return { asked: waiting !== undefined, since };
}

/** Whose interview is far off, and who was not offered an earlier time before: since they booked it. */
function farSince(
  { interview, offered = [] }: Application,
  start: number,
  { line }: Policy,
  now: number,
): number | undefined {
  if (!interview || line.farHours === 0 || offered.length > 0 || interview.start <= now) return undefined;
  return interview.start - start >= line.farHours * hour ? interview.bookedAt : undefined;
}

/**
 * Until when a window is kept for whoever it is offered to. Never in their night: then until morning. Undefined when
 * so long would be too late for the meeting.
 */
export function offerUntil(now: number, start: number, zone: string, policy: Policy): number | undefined {
  const begins = afterQuiet(now, zone, policy.quiet);
  const until = afterQuiet(begins + policy.line.holdMinutes * 60_000, zone, policy.quiet);
  return until <= start - policy.slot.noticeMinutes * 60_000 ? until : undefined;
}

/** The order of the line: who asked first, then by the time of asking (or of booking). */
export function earlierInLine(a: Exclude<PlaceInLine, string>, b: Exclude<PlaceInLine, string>): number {
  return Number(b.asked) - Number(a.asked) || a.since - b.since;
}
