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
  // By beginning; spans can overlap, so they are merged when they are added.
  const spans: { from: number; to: number }[] = [];
  return {
    add: (from, to) => {
      const touching = spans.filter((span) => span.from <= to && span.to >= from);
      const merged = {
        from: Math.min(from, ...touching.map((span) => span.from)),
        to: Math.max(to, ...touching.map((span) => span.to)),
      };
      for (const span of touching) spans.splice(spans.indexOf(span), 1);
      const place = spans.findLastIndex((span) => span.from < merged.from) + 1;
      spans.splice(place, 0, merged);
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
