/** Chance, the same each time for the same seed. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  /** True so often. */
  chance(probability: number): boolean;
  /** A whole number, `from` to `to` inclusive. */
  between(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  /** A waiting time around `median`, now and then ten times as long. */
  around(median: number): number;
}

/**
 * A stream of its own for each name: what one person or one kind of fault draws does not shift what another draws,
 * so a run with fewer people or fewer faults stays close to the run it was cut from.
 */
export function makeRandom(seed: number, name: string): Random {
  let state = hash(`${seed}:${name}`);
  // mulberry32: 32 bits of state are plenty for a stream of some thousand draws.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (list) => {
      const item = list[Math.floor(next() * list.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    around: (median) => Math.round(median * Math.exp((next() + next() + next() - 1.5) * 2)),
  };
}

/** FNV-1a with a final mix. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
