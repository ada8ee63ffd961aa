/** A stretch of a day, in minutes since its midnight by the clock on the wall. */
export interface Stretch {
  from: number;
  until: number;
}

/**
 * Where each of them stands when those that overlap stand side by side: in which of how many lanes. Those that touch do
 * not overlap; a lane is used again as soon as it is free.
 *
 * @param stretches the earliest first
 */
export function besides(stretches: readonly Stretch[]): { lane: number; lanes: number }[] {
  const placed: { lane: number; lanes: number }[] = [];
  let ends: number[] = [];
  let cluster = 0;
  const close = () => {
    for (const one of placed.slice(cluster)) one.lanes = ends.length;
    cluster = placed.length;
    ends = [];
  };
  for (const { from, until } of stretches) {
    if (ends.every((end) => end <= from)) close();
    const free = ends.findIndex((end) => end <= from);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = until;
    placed.push({ lane, lanes: 1 });
  }
  close();
  return placed;
}
