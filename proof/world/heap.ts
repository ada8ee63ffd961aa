/** What is due at a time; among equals the one that was put in first. */
export interface Heap<T> {
  push(at: number, item: T): void;
  /** The time of the earliest; Infinity when there is none. */
  earliest(): number;
  pop(): { at: number; item: T } | undefined;
  peek(): T | undefined;
  size(): number;
}

interface Entry<T> {
  at: number;
  seq: number;
  item: T;
}

/** A binary heap on time, then on the order of arrival: the whole order of a run rests on it. */
export function makeHeap<T>(): Heap<T> {
  const entries: Entry<T>[] = [];
  let counter = 0;
  const before = (a: Entry<T>, b: Entry<T>) => a.at < b.at || (a.at === b.at && a.seq < b.seq);

  const rise = (entry: Entry<T>): void => {
    let index = entries.length;
    entries.push(entry);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = entries[parent];
      if (!above || !before(entry, above)) break;
      entries[index] = above;
      index = parent;
    }
    entries[index] = entry;
  };

  const sink = (entry: Entry<T>): void => {
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const left = entries[child];
      const right = entries[child + 1];
      if (!left) break;
      if (right && before(right, left)) child += 1;
      const least = entries[child];
      if (!least || !before(least, entry)) break;
      entries[index] = least;
      index = child;
    }
    entries[index] = entry;
  };

  return {
    push: (at, item) => rise({ at, seq: (counter += 1), item }),
    earliest: () => entries[0]?.at ?? Infinity,
    peek: () => entries[0]?.item,
    size: () => entries.length,
    pop: () => {
      const first = entries[0];
      const last = entries.pop();
      if (first && last && first !== last) sink(last);
      return first;
    },
  };
}
