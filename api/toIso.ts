import { DateTime } from 'luxon';

/** A time as the API writes it: `2026-11-24T09:00:00.000Z`. */
export function toIso(at: number): string {
  return DateTime.fromMillis(at, { zone: 'utc' }).toISO() ?? '';
}

/** A time as a caller wrote it, checked by `moment`, in milliseconds of UTC. */
export function fromIso(text: string): number {
  return DateTime.fromISO(text).toMillis();
}

/** Only when there is one. */
export function toIsoIf(at: number | undefined): string | undefined {
  return at === undefined ? undefined : toIso(at);
}
