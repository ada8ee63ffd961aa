import type { Lexicon } from '../flows/facts.ts';
import type { Member } from '../flows/member.ts';

type Week = Member['hours']['week'];

/** What typed hours mean, or what is wrong with them (a key under `staff.hours.fault`). */
export type ParsedHours =
  { ok: true; week: Week } | { ok: false; fault: 'days' | 'times' | 'order' | 'overlap' };

/**
 * Working windows as people write them: "mon-fri 10:00-18:00", "sat 11-15, 16-18", "sun off", parted by ";" or a
 * new line. Days that are not named stay as they were.
 *
 * @param off words for a day without hours
 */
export function parseHours(text: string, before: Week, lexicons: Lexicon[], off: string[]): ParsedHours {
  let week = { ...before };
  const clauses = text
    .toLowerCase()
    .replace(/\u0451/g, '\u0435')
    .replace(/(\d)\s*,?\s+(?=\p{L})/gu, '$1;')
    .split(/[;\n]+/)
    .map((part) => part.trim())
    .filter(Boolean);
  if (clauses.length === 0) return { ok: false, fault: 'days' };
  for (const clause of clauses) {
    const at = clause.search(/\d/);
    const head = at < 0 ? clause : clause.slice(0, at);
    const closed = at < 0 ? off.find((word) => clause.endsWith(word)) : undefined;
    const days = parseDays(closed ? clause.slice(0, -closed.length) : head, lexicons);
    if (!days) return { ok: false, fault: 'days' };
    if (at < 0 && !closed) return { ok: false, fault: 'times' };
    const windows = closed ? [] : parseWindows(clause.slice(at));
    if (typeof windows === 'string') return { ok: false, fault: windows };
    for (const day of days) {
      week = Object.fromEntries(Object.entries(week).filter(([known]) => known !== String(day)));
      if (windows.length > 0) week[String(day)] = windows;
    }
  }
  return { ok: true, week };
}

/** ISO weekdays named by "mon", "mon-fri", "mon, wed". Undefined when a word is not a day. */
function parseDays(text: string, lexicons: Lexicon[]): number[] | undefined {
  const days = new Set<number>();
  const parts = text
    .trim()
    .replace(/[:,\s]+$/, '')
    .split(/[,\s]+/)
    .filter(Boolean);
  const joined = parts
    .join(' ')
    .replace(/\s*[-\u2013\u2014]\s*/g, '-')
    .split(' ')
    .filter(Boolean);
  for (const part of joined) {
    const [first, last = first] = part.split('-').map((word) => dayOf(word, lexicons));
    if (first === undefined || last === undefined) return undefined;
    for (let day = first; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === last) break;
    }
  }
  return days.size > 0 ? [...days] : undefined;
}

function dayOf(word: string, lexicons: Lexicon[]): number | undefined {
  const said = word.replace(/\.$/, '');
  for (const { weekdays } of lexicons) {
    const found = weekdays.findIndex((forms) => forms.includes(said));
    if (found >= 0) return found + 1;
  }
  return undefined;
}

function parseWindows(text: string): [string, string][] | 'times' | 'order' | 'overlap' {
  const range = /^(\d{1,2})(?:[:.](\d{2}))?\s*[-\u2013\u2014]\s*(\d{1,2})(?:[:.](\d{2}))?$/;
  const windows: [string, string][] = [];
  for (const part of text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [, fromHour, fromMinute = '00', toHour, toMinute = '00'] = range.exec(part) ?? [];
    const [from, to] = [clockOf(fromHour, fromMinute), clockOf(toHour, toMinute)];
    if (!from || !to) return 'times';
    if (from >= to) return 'order';
    windows.push([from, to]);
  }
  windows.sort(([a], [b]) => a.localeCompare(b));
  const overlap = windows.some(([from], index) => from < (windows[index - 1]?.[1] ?? ''));
  return windows.length === 0 ? 'times' : overlap ? 'overlap' : windows;
}

function clockOf(hour: string | undefined, minute: string): string | undefined {
  if (hour === undefined || Number(minute) > 59) return undefined;
  const valid = Number(hour) < 24 || (Number(hour) === 24 && minute === '00');
  return valid ? `${hour.padStart(2, '0')}:${minute}` : undefined;
}
