import { DateTime } from 'luxon';
import type { Lexicon } from './facts.ts';
import { tokensOf } from './moments/momentWords.ts';
import { type Clock, readClock } from './moments/readClock.ts';
import { readDays } from './moments/readDays.ts';
import { readSpan } from './moments/readSpan.ts';

/** When (milliseconds of UTC), or why not: words under `calls.moment.<code>`. */
export type Moment = { ok: true; at: number } | { ok: false; code: MomentFault };
/** From what was not understood at all to what was understood and cannot be. */
export const momentFaults = ['notMoment', 'noTime', 'tooFar', 'noSuchTime', 'past'] as const;
export type MomentFault = (typeof momentFaults)[number];

/** Nobody plans a call further ahead; a year in milliseconds. */
const longest = 366 * 86_400_000;

/**
 * A moment to come as people type it in their own zone: "tomorrow at 9", "15.03 at 11", "on Wednesday at three",
 * "in 2 hours", "this evening". An hour alone is today's or tomorrow's, a weekday whose hour is past is next week's;
 * any other past moment, and an hour the clocks skip that day, is refused.
 *
 * @param lexicons the reader's language first: people mix them
 * @example parseMoment('tomorrow at 9', { now, zone: 'Europe/Moscow', lexicons }) // { ok: true, at: … }
 */
export function parseMoment(
  text: string,
  { now, zone, lexicons }: { now: number; zone: string; lexicons: Lexicon[] },
): Moment {
  const read = lexicons.map((words) => inWords(text.slice(0, 200), { now, zone, words }));
  return (
    read.find(({ ok }) => ok) ??
    read.reduce<Moment>((best, one) => (rank(one) > rank(best) ? one : best), wrong('notMoment'))
  );
}

interface Reading {
  now: number;
  zone: string;
  words: Lexicon;
}

function rank(moment: Moment): number {
  return moment.ok ? momentFaults.length : momentFaults.indexOf(moment.code);
}

function wrong(code: MomentFault): Moment {
  return { ok: false, code };
}

function inWords(text: string, reading: Reading): Moment {
  const tokens = tokensOf(text, reading.words.moment);
  const spanned = readSpan(tokens, reading.words.moment);
  if (spanned) return fromNow(spanned, reading);
  const readings: Moment[] = readDays(tokens, reading).map(({ day, weekday, rest }) => {
    const clock = readClock(rest, reading.words.moment, true);
    return typeof clock === 'string' ? unclear(clock) : onDay(day, clock, weekday ? 7 : 0, reading);
  });
  const clock = readClock(tokens, reading.words.moment, false);
  const today = DateTime.fromMillis(reading.now, { zone: reading.zone }).startOf('day');
  const whole = typeof clock === 'string' ? wrong('notMoment') : onDay(today, clock, 1, reading);
  return (
    [...readings, whole].find(({ ok }) => ok) ??
    [...readings, whole].reduce((best, one) => (rank(one) > rank(best) ? one : best))
  );
}

function unclear(clock: 'none' | 'wrong'): Moment {
  return wrong(clock === 'none' ? 'noTime' : 'notMoment');
}

/** So much later; with days only, at an hour that was named or the same as now. */
function fromNow({ span, rest }: { span: object; rest: string[] }, { now, zone, words }: Reading): Moment {
  const later = DateTime.fromMillis(now, { zone }).plus(span).startOf('minute');
  const clock = readClock(rest, words.moment, true);
  if (clock === 'none') return inReach(later, now);
  if (clock === 'wrong' || 'minutes' in span || 'hours' in span) return wrong('notMoment');
  return onDay(later.startOf('day'), clock, 0, { now, zone });
}

/** @param again after how many days the same may be meant when it is past; 0: it may not */
function onDay(
  day: DateTime,
  { hour, minute }: Clock,
  again: number,
  { now }: Pick<Reading, 'now' | 'zone'>,
): Moment {
  const on = (date: DateTime) =>
    hour === 24
      ? date.plus({ days: 1 }).startOf('day')
      : date.set({ hour, minute, second: 0, millisecond: 0 });
  let at = on(day);
  if (at.toMillis() <= now && again > 0) at = on(day.plus({ days: again }));
  if (at.toMillis() > now && (at.hour !== hour % 24 || at.minute !== minute)) return wrong('noSuchTime');
  return inReach(at, now);
}

function inReach(at: DateTime, now: number): Moment {
  const milliseconds = at.toMillis();
  if (milliseconds <= now) return wrong('past');
  return milliseconds - now > longest ? wrong('tooFar') : { ok: true, at: milliseconds };
}
