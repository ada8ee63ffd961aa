import type { Row } from './idle.ts';

/** Does more than one thing wait in a lane of the inbox? What a death then leaves has an order to be kept. */
export interface Piles {
  changed(before: Row | undefined, after: Row | undefined): void;
  high(): boolean;
}

export function makePiles(): Piles {
  const waiting = new Map<string, number>();
  let high = 0;
  const count = (row: Row | undefined, by: 1 | -1): void => {
    if (row?.status !== 'waiting') return;
    const lane = String(row.lane);
    const before = waiting.get(lane) ?? 0;
    const after = before + by;
    if (after > 0) waiting.set(lane, after);
    else waiting.delete(lane);
    high += Number(after > 1) - Number(before > 1);
  };
  return {
    changed: (before, after) => {
      count(before, -1);
      count(after, 1);
    },
    high: () => high > 0,
  };
}
