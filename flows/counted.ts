import type { Words } from './question.ts';

/** What answers are often counted in, each with forms of its own: "1 year", "2 years" (`unit.count.<name>`). */
export const counted = ['years', 'months', 'weeks', 'days', 'shifts', 'hours', 'people'] as const;
export type Counted = (typeof counted)[number];

/**
 * Which of them a unit names, in whatever language and form; undefined for an agency's own, which stays as it was
 * written.
 *
 * @param lexicons of every language
 */
export function countedBy(
  unit: Words,
  lexicons: readonly { counted: Record<Counted, string[]> }[],
): Counted | undefined {
  const written = Object.values(unit).map((word) => word.toLowerCase().replace(/\.$/, ''));
  return counted.find((one) =>
    lexicons.some((words) => written.some((word) => words.counted[one].includes(word))),
  );
}
