import { z } from 'zod';
import { parsePhone } from '../../runtime/readFacts.ts';
import type { FoundLead, Source } from '../source.ts';
import type { Call, ReadCalls } from './call.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** The first time, so much of what was before is told. */
const firstLook = hour;
/** A call is told when it is over, by when it began: so far back is looked each time, and what was told is remembered. */
const overlap = 12 * hour;
/** The report takes a stretch of three months at most. */
const farthest = 85 * day;
/** So much is asked for at once: after a long time away, one stretch a read. */
const stretch = 7 * day;
/** How long the record of a call that was answered is waited for. */
const recordTakes = 2 * minute;

const cursorShape = z.object({ till: z.number(), seen: z.array(z.string()) });
type Cursor = z.output<typeof cursorShape>;

/**
 * Calls to the agency's numbers as leads. The report is what counts; a notification only has it read at once, so that one
 * that is lost, comes twice or too late changes nothing.
 *
 * @param records the report says where a call is heard, a little later than it tells of it
 */
export function makeNovofon(readCalls: ReadCalls, clock: { now(): number }, records: boolean): Source {
  return {
    name: 'novofon',
    read: async (before) => {
      const now = clock.now();
      const { till, seen } = before === undefined ? firstCursor(now) : readCursor(before, now);
      const from = Math.max(Math.min(till, now) - overlap, now - farthest);
      // An account of another zone than is set: what seems to be still to come is told as well.
      const end = from + stretch >= now ? now + day : from + stretch;
      const calls = await readCalls(new Date(from), new Date(end));
      const told = calls.filter((call) => !records || !waitsForRecord(call, now));
      const known = new Set(seen);
      // Where the next look begins.
      const again = Math.min(end, now - overlap);
      const next: Cursor = {
        till: again + overlap,
        seen: told.filter(({ startedAt }) => startedAt.getTime() >= again - 1_000).map(({ id }) => id),
      };
      const since = before === undefined ? now - firstLook : 0;
      return {
        leads: told
          .filter(({ id, startedAt }) => !known.has(id) && startedAt.getTime() >= since)
          .flatMap((call) => leadOf(call, now) ?? []),
        cursor: JSON.stringify(next),
      };
    },
  };
}

function firstCursor(now: number): Cursor {
  return { till: now, seen: [] };
}

/** One that is not ours is as good as none: what was told before stops at its own id. */
function readCursor(text: string, now: number): Cursor {
  try {
    return cursorShape.parse(JSON.parse(text));
  } catch {
    return firstCursor(now);
  }
}

function waitsForRecord({ talk, record, endedAt }: Call, now: number): boolean {
  const since = now - endedAt.getTime();
  return talk !== undefined && record === undefined && since >= 0 && since < recordTakes;
}

/** Whoever cannot be rung is no lead: a hidden number, one of the house, a service of three digits. */
function leadOf({ id, startedAt, from, to, talk, record, spam }: Call, now: number): FoundLead | undefined {
  const phone = from === undefined ? undefined : phoneOf(from);
  if (phone === undefined || spam) return undefined;
  return {
    id,
    at: new Date(Math.min(startedAt.getTime(), now)),
    phone,
    ...(to && { vacancy: to }),
    call: { ...(talk !== undefined && { talk }), ...(record && { record }) },
  };
}

/** A number as Novofon writes it: with the country and without the plus; the Russian eight, or none, is Russian. */
function phoneOf(from: string): string | undefined {
  const digits = from.replace(/^\+/, '');
  if (!/^\d{10,15}$/.test(digits)) return undefined;
  return parsePhone(/^(8\d{10}|\d{10})$/.test(digits) ? digits : `+${digits}`);
}
