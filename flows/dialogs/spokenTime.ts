import { DateTime } from 'luxon';
import type { Lexicon } from '../facts.ts';
import { numberOf, tokensOf } from '../moments/momentWords.ts';
import { readClock } from '../moments/readClock.ts';
import { parseMoment } from '../parseMoment.ts';

/**
 * An hour said in words for a meeting: "at three", "tomorrow at half past ten". A part of the day alone ("in the
 * morning") is no hour to be booked by.
 * @param day The day that is meant when none is said, as `2026-12-01`; without it the text has to name one.
 * @param lexicons The reader's language first.
 */
export function spokenTime(
  text: string,
  { day, ...reading }: { day: string | undefined; now: number; zone: string; lexicons: Lexicon[] },
): number | undefined {
  const counted = ({ moment }: Lexicon) =>
    tokensOf(text, moment).some((token) => /\d/.test(token) || numberOf(token, moment) !== undefined);
  const lexicons = reading.lexicons.filter(counted);
  if (day === undefined) {
    const moment = parseMoment(text, { ...reading, lexicons });
    return moment.ok ? moment.at : undefined;
  }
  for (const { moment } of lexicons) {
    const clock = readClock(tokensOf(text, moment), moment, true);
    if (typeof clock !== 'string') return DateTime.fromISO(day, { zone: reading.zone }).set(clock).toMillis();
  }
  return undefined;
}
