/** Numbers from a seed (mulberry32): what a run chose can be chosen again. */
export interface Dice {
  /** 0 up to 1. */
  next(): number;
  chance(share: number): boolean;
  between(from: number, to: number): number;
  pick<T>(list: readonly T[]): T | undefined;
}

export function makeDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    chance: (share) => next() < share,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (list) => list[Math.floor(next() * list.length)],
  };
}
