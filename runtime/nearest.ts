/** What is due next, among many: adding and taking cost the logarithm of their number. */
export interface Nearest<Item> {
  /** The same key again moves it. */
  put(key: string, due: number, item: Item): void;
  drop(key: string): void;
  has(key: string): boolean;
  /** Take everything due by then, earliest first. */
  take(until: number): Item[];
  /** When the earliest is due. */
  next(): number | undefined;
  size(): number;
  clear(): void;
}

interface Entry<Item> {
  key: string;
  due: number;
  item: Item;
}

/** A binary heap by due time; what was moved or dropped stays in it until it comes up, and is passed over then. */
export function makeNearest<Item>(): Nearest<Item> {
  const valid = new Map<string, Entry<Item>>();
  let heap: Entry<Item>[] = [];

  const dueOf = (index: number): number => heap[index]?.due ?? Infinity;
  const swap = (a: number, b: number): void => {
    const [first, second] = [heap[a], heap[b]];
    if (!first || !second) return;
    heap[a] = second;
    heap[b] = first;
  };
  const push = (entry: Entry<Item>): void => {
    heap.push(entry);
    for (let at = heap.length - 1; at > 0;) {
      const above = (at - 1) >> 1;
      if (dueOf(above) <= dueOf(at)) return;
      swap(at, above);
      at = above;
    }
  };
  const pop = (): Entry<Item> | undefined => {
    swap(0, heap.length - 1);
    const first = heap.pop();
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      const least = dueOf(left + 1) < dueOf(left) ? left + 1 : left;
      if (dueOf(least) >= dueOf(at)) return first;
      swap(at, least);
      at = least;
    }
  };
  /** The earliest that still stands. */
  const top = (): Entry<Item> | undefined => {
    for (;;) {
      const [first] = heap;
      if (!first || valid.get(first.key) === first) return first;
      pop();
    }
  };

  return {
    put: (key, due, item) => {
      const entry = { key, due, item };
      valid.set(key, entry);
      push(entry);
    },
    drop: (key) => void valid.delete(key),
    has: (key) => valid.has(key),
    take: (until) => {
      const taken: Item[] = [];
      for (let first = top(); first && first.due <= until; first = top()) {
        pop();
        valid.delete(first.key);
        taken.push(first.item);
      }
      return taken;
    },
    next: () => top()?.due,
    size: () => valid.size,
    clear: () => {
      valid.clear();
      heap = [];
    },
  };
}
