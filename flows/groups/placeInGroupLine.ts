import type { Application, Candidate } from '../candidate.ts';
import type { FreeSlot } from '../facts.ts';
import { offerUntil, type PlaceInLine } from '../line/placeInLine.ts';
import { isOpen } from '../pipelines/stages.ts';
import type { Policy } from '../policies/policy.ts';
import { afterQuiet } from '../quietHours.ts';
import { groupOfSeat } from './seat.ts';

/** Where somebody stands in the line for a place of a group: since when they wait for it. */
export function placeInGroupLine(
  person: Candidate,
  application: Application,
  { interviewer, start }: FreeSlot,
  policy: Policy,
  now: number,
): PlaceInLine {
  const { group, stage, offered = [] } = application;
  const reached = person.channels.some(({ blocked }) => !blocked);
  if (person.blacklisted || person.stopped || !reached || application.next || !isOpen(stage)) return 'no';
  if (group?.state !== 'waiting' || group.id !== groupOfSeat(interviewer)) return 'no';
  if (offered.includes(`${interviewer}:${start}`)) return 'no';
  if (offerUntil(now, start, person.zone, policy) === undefined) return 'no';
  const talks = person.relay !== undefined && person.relay.until > now;
  if (application.offer || talks || afterQuiet(now, person.zone, policy.quiet) > now) return 'later';
  return { asked: true, since: group.at };
}
