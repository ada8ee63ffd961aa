/**
 * A time limit as typed: hours, minutes or both ("4 h", "1 h 30 min"); a bare number is minutes.
 *
 * @param hourMarks what a unit of hours begins with, in each language
 * @returns minutes; undefined when it is no time limit, or longer than two weeks
 */
export function parseMinutes(text: string, hourMarks: readonly string[]): number | undefined {
  const parts = [
    ...text
      .trim()
      .toLowerCase()
      .matchAll(/(\d{1,5})\s*(\p{L}*)\.?/gu),
  ];
  const rest = text.replaceAll(/(\d{1,5})\s*(\p{L}*)\.?/gu, '').trim();
  if (parts.length === 0 || parts.length > 2 || rest !== '') return undefined;
  let minutes = 0;
  for (const [, amount, unit = ''] of parts) {
    const hours = unit !== '' && hourMarks.some((mark) => unit.startsWith(mark));
    minutes += Number(amount) * (hours ? 60 : 1);
  }
  return minutes >= 1 && minutes <= 20_160 ? minutes : undefined;
}
