import type { Calendar } from './calendar.ts';
import { ru } from './ru.ts';

const calendars: Record<'ru' | 'none', Calendar | undefined> = { ru, none: undefined };

/** The production calendar an agency counts its working time by. */
export function calendarOf({ calendar }: { calendar: 'ru' | 'none' }): Calendar | undefined {
  return calendars[calendar];
}
