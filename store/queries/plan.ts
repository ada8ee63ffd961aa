import { type Index, type Collection } from '../storage/collection.ts';
import { type IndexField } from '../storage/indexKeys.ts';
import {
  descending,
  everythingAfter,
  intersect,
  intervalsOf,
  rangesAfter,
  type Interval,
  type Range,
} from './bounds.ts';
import { implies } from './implies.ts';
import { inElements, type Placed, together } from './inElements.ts';
import { conjuncts, type Condition, type Query } from './query.ts';

/** How documents are found. `sorted` means that they come in the order asked for. */
export type Plan =
  | { kind: 'all'; sorted: boolean }
  | { kind: 'none'; sorted: true }
  | { kind: 'index'; index: Index; ranges: Range[]; bound: number; reverse: boolean; sorted: boolean }
  | { kind: 'or'; branches: { query: Query; plan: Plan }[]; sorted: false };

type IndexPlan = Extract<Plan, { kind: 'index' }>;

/** A sort as fields of a key; empty for none. */
export type Sort = readonly IndexField[];

/** A condition with the stretches of keys it allows. */
interface Bounded extends Placed {
  intervals: Interval[] | undefined;
}

type Bound = Bounded & { intervals: Interval[] };
const isBound = (one: Bounded): one is Bound => one.intervals !== undefined;

const MOST_RANGES = 4096;
const SAMPLE = 200;
/** Into so many branches an `$or` beside others is taken apart at most: each of them multiplies the branches. */
const MOST_BRANCHES = 256;
const NOTHING = Buffer.alloc(0);

/** Whether a plan reads exactly one key of a unique index. */
const readsOne = ({ index, ranges: [range, ...more] }: IndexPlan): boolean =>
  index.unique && range?.whole === true && more.length === 0;

/**
 * Chooses how to read a collection: branch by branch an `$or` whose branches are each bounded in more fields than the
 * whole; else, among the indexes that bound the query or give the order, by the one with the fewest keys there.
 */
export function plan(collection: Collection, query: Query, sort: Sort, most = Infinity): Plan {
  const parts = conjuncts(query);
  const fields = inElements(parts).map((one): Bounded => ({ ...one, intervals: intervalsOf(one.part) }));
  if (fields.some(({ intervals }) => intervals?.length === 0)) return { kind: 'none', sorted: true };
  const all: Plan = { kind: 'all', sorted: sort.length === 0 };
  const candidates: IndexPlan[] = [];
  for (const index of collection.indexes) {
    const found = indexPlan(index, fields, sort);
    if (found && readsOne(found)) return found;
    if (found && (found.bound > 0 || (found.sorted && sort.length > 0))) candidates.push(found);
  }
  const or = parts.find((part) => part.op === 'or');
  if (or?.op === 'or' && or.kids.length <= most) {
    const rest = parts.filter((part) => part !== or);
    const bound = Math.max(0, ...candidates.map((found) => found.bound));
    const branches: { query: Query; plan: Plan }[] = [];
    for (const kid of or.kids) {
      const branch: Query = { op: 'and', kids: [...rest, kid] };
      const own = plan(collection, branch, sort, Math.min(most, MOST_BRANCHES) / or.kids.length);
      if (own.kind === 'all' || (own.kind === 'index' && own.bound <= bound)) break;
      branches.push({ query: branch, plan: own });
    }
    if (branches.length === or.kids.length) return { kind: 'or', branches, sorted: false };
  }
  return candidates.length < 2 ? (candidates[0] ?? all) : cheapest(collection, candidates);
}

/** Counts the keys of each, the most bounded first and none further than the best so far. */
function cheapest(collection: Collection, candidates: readonly IndexPlan[]): IndexPlan {
  let most = SAMPLE;
  const sized = candidates
    .toSorted((a, b) => b.bound - a.bound)
    .map((found) => {
      const size = keysIn(collection, found, most);
      most = Math.min(most, size + 1);
      return { found, size };
    });
  const { found } = sized.reduce((a, b) => {
    const side =
      a.size - b.size ||
      Number(b.found.sorted) - Number(a.found.sorted) ||
      b.found.bound - a.found.bound ||
      a.found.index.fields.length - b.found.index.fields.length;
    return side <= 0 ? a : b;
  });
  return found;
}

function keysIn(collection: Collection, { index, ranges }: IndexPlan, most: number): number {
  let size = 0;
  for (const { low, high } of ranges) {
    if (size >= most) break;
    size += collection.countRange(index, low, high, most - size);
  }
  return size;
}

function indexPlan(index: Index, fields: readonly Bounded[], sort: Sort): IndexPlan | undefined {
  const conditions = fields.map(({ part }) => part);
  if (index.partial && !implies(conditions, index.partial)) return undefined;
  if (
    index.sparse &&
    !conditions.some((part) => index.fields.some(({ path }) => path === part.path) && excludesNull(part))
  )
    return undefined;
  let prefixes: Buffer[] = [NOTHING];
  let bound = 0;
  let pointed = 0;
  let ranges: Range[] | undefined;
  const used: Placed[] = [];
  for (const [n, field] of index.fields.entries()) {
    const multikey = (index.multikey & (1 << n)) !== 0;
    const own = fields.filter(({ part }) => part.path === field.path);
    // Where there are arrays each condition may hold in another element: only those of one element go together.
    const found = multikey
      ? best(own.filter((one) => used.every((other) => together(one, other))))
      : all(own);
    if (!found) break;
    const { intervals } = found;
    if (multikey) used.push(found);
    const ordered = field.descending ? descending(intervals) : intervals;
    if (prefixes.length * ordered.length > MOST_RANGES && bound > 0) break;
    bound += 1;
    const last = bound === index.fields.length;
    const next = prefixes.flatMap((prefix) => rangesAfter(prefix, ordered, last));
    const points = ordered.every(({ point }) => point);
    if (points && next.length === 1) pointed = bound;
    if (last || !points) {
      ranges = next;
      break;
    }
    prefixes = next.map(({ low }) => low);
  }
  const order = orderOf(index, sort, pointed);
  ranges ??= prefixes.map(everythingAfter);
  const inOrder = sort.length === 0 || (order !== undefined && ranges.length === 1);
  return {
    kind: 'index',
    index,
    ranges,
    bound,
    reverse: inOrder && order === 'reverse',
    sorted: inOrder,
  };
}

/** The condition that bounds a field most: one that names its values, or else the first. */
function best(fields: readonly Bounded[]): Bound | undefined {
  const bounds = fields.filter(isBound);
  return bounds.find(({ intervals }) => intervals.every(({ point }) => point)) ?? bounds[0];
}

/** What all conditions on a field leave together. */
function all(fields: readonly Bounded[]): Bound | undefined {
  const bounds = fields.filter(isBound);
  return bounds[0] && { ...bounds[0], intervals: bounds.map(({ intervals }) => intervals).reduce(intersect) };
}

/** Whether the index gives the order, behind its fields that are held at one value. */
function orderOf(index: Index, sort: Sort, pointed: number): 'forward' | 'reverse' | undefined {
  if (sort.length === 0) return 'forward';
  const held = new Set(
    index.fields
      .slice(0, pointed)
      .filter((_, n) => !(index.multikey & (1 << n)))
      .map(({ path }) => path),
  );
  const wanted = sort.filter(({ path }) => !held.has(path));
  let direction: boolean | undefined;
  for (const [n, field] of wanted.entries()) {
    const at = pointed + n;
    const own = index.fields[at];
    if (!own || own.path !== field.path || index.multikey & (1 << at)) return undefined;
    const turnedOver = own.descending !== field.descending;
    if (direction !== undefined && direction !== turnedOver) return undefined;
    direction = turnedOver;
  }
  return direction ? 'reverse' : 'forward';
}

/** Whether a condition cannot pass for a missing field. */
export function excludesNull(part: Condition): boolean {
  if (['$exists', '$regex', '$size', '$elemMatch', '$type', '$mod'].includes(part.name)) return true;
  if (part.name === '$in') return part.list?.every((item) => item !== null) ?? false;
  return part.operand !== undefined && !part.test(undefined);
}
