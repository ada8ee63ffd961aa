import { keyOf, rankOf, rankOfType } from '../values/keyWriter.ts';
import { Arr, Raw, TYPE, type Value } from '../values/value.ts';
import { type Condition } from './query.ts';

const AFTER = Buffer.from([0xff]);

/** An edge among encoded values: before or after everything that begins with `prefix`. */
interface Edge {
  prefix: Buffer;
  after: boolean;
  /** The prefix is the beginning of values, not a whole one. */
  cut: boolean;
  bytes: Buffer;
}

/** A stretch of encoded values of one field. `point` is exactly one value. */
export interface Interval {
  low: Edge;
  high: Edge;
  point: boolean;
}

/** Keys `[low, high)`. `whole` says that all fields of the index are held: `low` is the one key there. */
export interface Range {
  low: Buffer;
  high: Buffer;
  whole: boolean;
}

/**
 * Behind a whole value comes the type byte of the next field, never 0xFF. Behind the beginning of one, as a type byte
 * alone is, anything may come (Infinity goes on with 0xFF), so there the next beginning is the edge.
 */
const edge = (prefix: Buffer, after: boolean, cut = prefix.length === 1): Edge => ({
  prefix,
  after,
  cut,
  bytes: !after ? prefix : cut ? following(prefix) : Buffer.concat([prefix, AFTER]),
});

/** No type byte and no byte of a text is 0xFF, nor is one that is turned over. */
function following(prefix: Buffer): Buffer {
  const next = Buffer.from(prefix);
  next[next.length - 1] = (next.at(-1) ?? 0) + 1;
  return next;
}

const compareEdges = (a: Edge, b: Edge): number => Buffer.compare(a.bytes, b.bytes);

const point = (value: Value): Interval => {
  const prefix = keyOf(value);
  return { low: edge(prefix, false), high: edge(prefix, true), point: true };
};
/** null and missing, and the mark of an empty array on the way, which the matcher sorts out. */
const nulls: Interval = {
  low: edge(Buffer.from([rankOfType(TYPE.undefined)]), false),
  high: edge(Buffer.from([rankOf(null)]), true),
  point: false,
};

/** Texts that begin with this one: as it is written, without the two bytes that end it. */
function startingWith(start: string): Interval {
  const prefix = keyOf(start).subarray(0, -2);
  return { low: edge(prefix, false, true), high: edge(prefix, true, true), point: false };
}

/** All regular expressions: one that is stored is found by its like. */
const expressions: Interval = {
  low: edge(Buffer.from([rankOfType(TYPE.regex)]), false),
  high: edge(Buffer.from([rankOfType(TYPE.regex)]), true),
  point: false,
};

/**
 * Where in an index the values that pass a condition lie, in order; undefined when they may lie anywhere. It is never
 * too little; the matcher looks at each document again.
 */
export function intervalsOf(condition: Condition): Interval[] | undefined {
  const { name, operand, list, open, start } = condition;
  if (start !== undefined) return [startingWith(start), expressions];
  if (name === '$in') {
    if (!list || open || list.some((item) => item instanceof Arr)) return undefined;
    const all = list.map((item) => equalTo(item)).sort((a, b) => compareEdges(a.low, b.low));
    return all.filter((item, n) => n === 0 || compareEdges(item.low, all[n - 1]?.low ?? item.low) !== 0);
  }
  if (operand === undefined || operand instanceof Arr) return undefined;
  if (name === '$eq') return [equalTo(operand)];
  if (name !== '$gt' && name !== '$gte' && name !== '$lt' && name !== '$lte') return undefined;
  if (operand === null) return name === '$gte' || name === '$lte' ? [nulls] : [];
  if (
    operand instanceof Raw &&
    (operand.type === TYPE.minKey || operand.type === TYPE.maxKey || operand.type === TYPE.undefined)
  ) {
    return undefined;
  }
  const prefix = keyOf(operand);
  const rank = Buffer.from([rankOf(operand)]);
  if (name === '$gt' || name === '$gte') {
    return [{ low: edge(prefix, name === '$gt'), high: edge(rank, true), point: false }];
  }
  return [{ low: edge(rank, false), high: edge(prefix, name === '$lte'), point: false }];
}

const equalTo = (value: Value): Interval => (value === null ? nulls : point(value));

/** What lies in both lists. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const both: Interval[] = [];
  for (const x of a) {
    for (const y of b) {
      const low = compareEdges(x.low, y.low) >= 0 ? x.low : y.low;
      const high = compareEdges(x.high, y.high) <= 0 ? x.high : y.high;
      if (compareEdges(low, high) < 0) both.push({ low, high, point: x.point || y.point });
    }
  }
  return both;
}

const turned = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => ~byte));

/** The same stretches for a descending field, whose keys have every bit turned over. */
export function descending(intervals: readonly Interval[]): Interval[] {
  const flip = ({ prefix, after, cut }: Edge): Edge => edge(turned(prefix), !after, cut);
  return intervals
    .map(({ low, high, point: one }) => ({ low: flip(high), high: flip(low), point: one }))
    .reverse();
}

/** The keys that begin with the prefix and go on in one of the stretches, those of the index's last field when `last`. */
export function rangesAfter(prefix: Buffer, intervals: readonly Interval[], last: boolean): Range[] {
  const behind = (bytes: Buffer): Buffer => (prefix.length === 0 ? bytes : Buffer.concat([prefix, bytes]));
  return intervals.map(({ low, high, point: one }) => ({
    low: behind(low.bytes),
    high: behind(high.bytes),
    whole: last && one,
  }));
}

/** Everything that begins with the prefix. */
export const everythingAfter = (prefix: Buffer): Range => ({
  low: prefix,
  high: Buffer.concat([prefix, AFTER]),
  whole: false,
});
