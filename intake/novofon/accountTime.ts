import { DateTime } from 'luxon';

const format = 'yyyy-MM-dd HH:mm:ss';

/** A moment as Novofon writes it: by the clock of the account's zone, without saying which that is. */
export function toAccountTime(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).toFormat(format);
}

/** The moment Novofon means; undefined when it is none. */
export function fromAccountTime(text: string, zone: string): Date | undefined {
  const moment = DateTime.fromFormat(text.slice(0, 19).replace('T', ' '), format, { zone });
  return moment.isValid ? moment.toJSDate() : undefined;
}
