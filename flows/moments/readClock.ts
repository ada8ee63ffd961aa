import { type MomentWords, nameOf, numberOf, type PartOfDay } from './momentWords.ts';

/** A time of the day. `hour` may be 24: the midnight after that day. */
export interface Clock {
  hour: number;
  minute: number;
}

/** When a part of the day is meant that was named without an hour. */
const middle: Partial<Record<PartOfDay, Clock>> = {
  morning: { hour: 10, minute: 0 },
  noon: { hour: 12, minute: 0 },
  afternoon: { hour: 15, minute: 0 },
  evening: { hour: 19, minute: 0 },
};

/** A number alone up to this hour is meant after noon: nobody rings at three in the morning. */
const lastBareAfternoon = 7;
/** Hours with minutes ("7:30") are read as they stand from here on. */
const lastClockAfternoon = 6;

/**
 * The time of the day the words say: "9", "10:30", "3 in the afternoon", "in the evening".
 *
 * @param dayKnown was a day named? Only then is "10.30" alone a time and no date
 * @returns `none` when no time is said, `wrong` when something is left that is not understood
 */
export function readClock(tokens: string[], words: MomentWords, dayKnown: boolean): Clock | 'none' | 'wrong' {
  const parts = new Set<PartOfDay>();
  const said: string[] = [];
  let filler = false;
  for (const token of tokens) {
    const part = nameOf(words.parts, token);
    if (part) parts.add(part);
    else if (words.filler.includes(token)) filler = true;
    else said.push(token);
  }
  if (parts.size > 1) return 'wrong';
  const [part] = parts;
  if (said.length === 0) return (part && middle[part]) ?? (part ? 'wrong' : 'none');
  const digits = readDigits(said, words, dayKnown || filler);
  if (!digits || digits.hour > 24 || digits.minute > 59 || (digits.hour === 24 && digits.minute > 0))
    return 'wrong';
  return part ? within(part, digits) : digits.bare ? afterNoon(digits) : digits;
}

/** An hour with its minutes. `bare`: of twelve perhaps; one with a leading zero never is. */
function readDigits(
  said: string[],
  words: MomentWords,
  dotted: boolean,
): (Clock & { bare?: 'hour' | 'clock' }) | undefined {
  const [first = '', ...more] = said;
  const match = (dotted ? /^(\d{1,2})[:.-](\d{2})$/ : /^(\d{1,2})[:-](\d{2})$/).exec(first);
  const bareIf = (kind: 'hour' | 'clock') => (first.startsWith('0') ? {} : { bare: kind });
  if (match)
    return withUnits(more, words, [])
      ? { hour: Number(match[1]), minute: Number(match[2]), ...bareIf('clock') }
      : undefined;
  // "An hour" alone is one o'clock.
  const implied = words.units.hours.includes(first) ? 1 : undefined;
  const hour = implied ?? numberOf(first, words);
  if (hour === undefined || !Number.isInteger(hour)) return undefined;
  const rest = implied === undefined && words.units.hours.includes(more[0] ?? '') ? more.slice(1) : more;
  if (rest.length === 0) return { hour, minute: 0, ...bareIf('hour') };
  const minute = numberOf(rest[0], words);
  const whole =
    minute !== undefined && Number.isInteger(minute) && withUnits(rest.slice(1), words, ['minutes']);
  return whole ? { hour, minute, ...bareIf('clock') } : undefined;
}

/** Is nothing left but the name of a unit? */
function withUnits(rest: string[], { units }: MomentWords, allowed: 'minutes'[]): boolean {
  return (
    rest.length === 0 || (rest.length === 1 && allowed.some((unit) => units[unit].includes(rest[0] ?? '')))
  );
}

function within(part: PartOfDay, { hour, minute }: Clock): Clock | 'wrong' {
  if (part === 'noon' || hour > 12)
    return hour > 12 && ['morning', 'am', 'noon'].includes(part) ? 'wrong' : { hour, minute };
  const after = hour < 12 ? hour + 12 : 12;
  if (part === 'morning') return { hour, minute };
  if (part === 'am') return { hour: hour % 12, minute };
  if (part === 'afternoon' || part === 'pm') return { hour: after, minute };
  // Twelve at night is the end of that day.
  if (hour === 12) return minute === 0 ? { hour: 24, minute } : 'wrong';
  return { hour: part === 'night' && hour < 6 ? hour : after, minute };
}

function afterNoon({ hour, minute, bare }: Clock & { bare?: 'hour' | 'clock' }): Clock {
  const last = bare === 'hour' ? lastBareAfternoon : lastClockAfternoon;
  return { hour: hour >= 1 && hour <= last ? hour + 12 : hour, minute };
}
