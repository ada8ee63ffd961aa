/**
 * hh's `2026-03-15T11:00:00+0300` as milliseconds; not a number for anything else.
 *
 * @example timeOf('1970-01-01T03:00:01+0300') // 1000
 */
export function timeOf(text: string): number {
  return Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
}
