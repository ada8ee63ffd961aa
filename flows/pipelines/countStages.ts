import { builtInStages, isBuiltIn, type Stage } from './stages.ts';

/**
 * How many stand at each stage, in the pipeline's order; what an agency added comes last. Stages that are called the same
 * are one to whoever reads.
 */
export function countStages<T>(
  items: readonly T[],
  stageOf: (item: T) => Stage,
  nameOf: (item: T) => string,
): [name: string, count: number][] {
  const counts = new Map<string, { place: number; count: number }>();
  for (const item of items) {
    const stage = stageOf(item);
    const name = nameOf(item);
    const place = isBuiltIn(stage) ? builtInStages.indexOf(stage) : builtInStages.length;
    counts.set(name, { place, count: (counts.get(name)?.count ?? 0) + 1 });
  }
  return [...counts]
    .sort(([, a], [, b]) => a.place - b.place)
    .map(([name, { count }]): [string, number] => [name, count]);
}
