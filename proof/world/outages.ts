/**
 * When something stood in the way: a dead or sleeping process, a database or a Telegram that did not answer. Kept in
 * the machine's time, which is what promises about lateness are made in.
 */
export interface Outages {
  add(from: number, to: number): void;
  /** How much of a span was lost to them, in milliseconds. */
  within(from: number, to: number): number;
}

export function makeOutages(): Outages {
  // By beginning, and so by end: those that touch are merged when they are added.
  const spans: { from: number; to: number }[] = [];
  return {
    add: (from, to) => {
      // Nearly always the last of all: what lies before it is not looked at.
      let end = spans.length;
      while (end > 0 && (spans[end - 1]?.from ?? 0) > to) end -= 1;
      let first = end;
      while (first > 0 && (spans[first - 1]?.to ?? 0) >= from) first -= 1;
      const touching = spans.slice(first, end);
      const merged = {
        from: Math.min(from, touching[0]?.from ?? from),
        to: Math.max(to, touching.at(-1)?.to ?? to),
      };
      spans.splice(first, end - first, merged);
    },
    within: (from, to) => {
      let lost = 0;
      for (let index = spans.length - 1; index >= 0; index -= 1) {
        const span = spans[index];
        if (!span || span.to < from) break;
        lost += Math.max(0, Math.min(to, span.to) - Math.max(from, span.from));
      }
      return lost;
    },
  };
}
