/** The account's clock is Moscow's, three hours ahead all year. */
const ahead = 3 * 3_600_000;

/** `2026-11-24 12:00:00`, without saying of which zone. */
export function accountTime(at: number): string {
  return new Date(at + ahead).toISOString().slice(0, 19).replace('T', ' ');
}

/** Milliseconds of UTC; undefined when it is no time. */
export function fromAccountTime(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return undefined;
  const at = Date.parse(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? undefined : at - ahead;
}
