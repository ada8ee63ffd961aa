import { DateTime } from 'luxon';

/** Excel counts days from here; numbers in this range are days from 1954 to 2064. */
const excelBegin = Date.UTC(1899, 11, 30);
const excelDays = [20_000, 60_000] as const;

/** A day and perhaps a time of a table, with its year; `past` takes two digits as the century before when need be. */
export interface TableDate {
  date: DateTime;
  hasTime: boolean;
}

/**
 * A date as tables write it: 15.03.25, 15/03/2025 10:30, 2025-03-15, "15 March 1990", Excel's own number. A date
 * without its year says nothing here.
 *
 * @param months forms of the twelve months, by language
 */
export function tableDate(
  text: string,
  { now, zone, months, past }: { now: number; zone: string; months: string[][][]; past: boolean },
): TableDate | undefined {
  const said = text.trim().toLowerCase();
  const time = /(?:^|[\sT])(\d{1,2}):(\d{2})(?::\d{2})?\s*$/i.exec(said);
  const day = said.slice(0, time?.index ?? said.length).replace(/[\s,]+$/, '');
  const parts = digits(day) ?? named(day, months) ?? excelDay(day);
  if (!parts) return undefined;
  const year = parts.year < 100 ? century(parts.year, DateTime.fromMillis(now).year, past) : parts.year;
  const clock = time ? { hour: Number(time[1]), minute: Number(time[2]) } : {};
  const date = DateTime.fromObject({ year, month: parts.month, day: parts.day, ...clock }, { zone });
  return date.isValid ? { date, hasTime: time !== null } : undefined;
}

interface Parts {
  day: number;
  month: number;
  year: number;
}

function digits(text: string): Parts | undefined {
  const iso = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(text);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const own = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4}|\d{2})(?:\s*\p{L}\.?)?$/u.exec(text);
  return own ? { day: Number(own[1]), month: Number(own[2]), year: Number(own[3]) } : undefined;
}

function named(text: string, months: string[][][]): Parts | undefined {
  const found = /^(\d{1,2})\s+(\p{L}+)\.?,?\s+(\d{4})(?:\s*\p{L}+\.?)?$/u.exec(text);
  const month = found && months.map((list) => list.findIndex((forms) => forms.includes(found[2] ?? '')));
  const index = month?.find((at) => at >= 0);
  return found && index !== undefined
    ? { day: Number(found[1]), month: index + 1, year: Number(found[3]) }
    : undefined;
}

function excelDay(text: string): Parts | undefined {
  const value = /^\d{5}$/.test(text) ? Number(text) : 0;
  if (value < excelDays[0] || value > excelDays[1]) return undefined;
  const { day, month, year } = DateTime.fromMillis(excelBegin + value * 86_400_000, { zone: 'utc' });
  return { day, month, year };
}

function century(year: number, thisYear: number, past: boolean): number {
  const near = 2000 + year;
  return past && near > thisYear ? near - 100 : near;
}
