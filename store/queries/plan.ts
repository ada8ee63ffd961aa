import { StoreError } from '../storeError.ts';
import { type Collection, type Index } from '../storage/collection.ts';
import { type IndexField } from '../storage/indexKeys.ts';
import { descending, everythingAfter, intersect, intervalsOf, rangesAfter, type Interval } from './bounds.ts';
import { implies } from './implies.ts';
import { type Condition, type Query } from './query.ts';

/** How documents are found. `sorted` means that they come in the order asked for. */
export type Plan =
  | { kind: 'all'; sorted: boolean; reverse: boolean }
  | { kind: 'none'; sorted: true }
  | {
      kind: 'index';
      index: Index;
      ranges: { low: Buffer; high: Buffer }[];
      bound: number;
      reverse: boolean;
      sorted: boolean;
    }
  | { kind: 'or'; branches: Query[]; sorted: false };

type IndexPlan = Extract<Plan, { kind: 'index' }>;

/** A sort as fields of a key; empty for none. */
export type Sort = readonly IndexField[];

const MOST_RANGES = 4096;
const SAMPLE = 200;

/** The parts of a query that must all hold. */
export function conjuncts(query: Query): Query[] {
  return query.op === 'and' ? query.kids.flatMap(conjuncts) : [query];
}

/**
 * Chooses how to read a collection: among the indexes that bound the query or give the order, the one with the fewest
 * keys in its ranges (counted, up to a limit); an `$or` whose branches are each bounded more tightly goes branch by branch.
 *
 * @param hint name of the index to use, or undefined
 */
export function plan(collection: Collection, query: Query, sort: Sort, hint?: Index | 'natural'): Plan {
  const parts = conjuncts(query);
  if (parts.some((part) => part.op === 'field' && intervalsOf(part)?.length === 0))
    return { kind: 'none', sorted: true };
  const all: Plan = { kind: 'all', sorted: sort.length === 0, reverse: false };
  if (hint === 'natural') return all;
  if (hint) {
    const made = indexPlan(hint, parts, sort);
    if (!made)
      throw new StoreError(
        2,
        `the hinted index ${hint.name} does not hold every document the query may match`,
      );
    return made;
  }
  const made = collection.indexes
    .map((index) => indexPlan(index, parts, sort))
    .filter((found) => found !== undefined);
  const candidates = made.filter((found) => found.bound > 0 || (found.sorted && sort.length > 0));
  const single = candidates.find((found) => found.index.unique && isPoint(found));
  if (single) return single;
  const or = parts.find((part) => part.op === 'or');
  if (!or && candidates.length < 2) return candidates[0] ?? all;
  const best = cheapest(collection, candidates);
  if (or?.op === 'or' && (!best || best.size > 64)) {
    const rest = parts.filter((part) => part !== or);
    const branches = or.kids.map((kid): Query => ({ op: 'and', kids: [...rest, kid] }));
    const bound = branches.every((branch) => {
      const found = plan(collection, branch, sort);
      return (
        found.kind === 'none' ||
        found.kind === 'or' ||
        (found.kind === 'index' && found.bound > (best?.found.bound ?? 0))
      );
    });
    if (bound) return { kind: 'or', branches, sorted: false };
  }
  return best?.found ?? all;
}

/** Whether a range is one whole key: all fields held at a value. */
export const isWholeKey = (
  { index, bound }: IndexPlan,
  { low, high }: { low: Buffer; high: Buffer },
): boolean =>
  bound === index.fields.length &&
  high.length === low.length + 1 &&
  high.at(-1) === 0xff &&
  high.compare(low, 0, low.length, 0, low.length) === 0;

const isPoint = (found: IndexPlan): boolean => {
  const [only] = found.ranges;
  return only !== undefined && found.ranges.length === 1 && isWholeKey(found, only);
};

function cheapest(
  collection: Collection,
  candidates: readonly IndexPlan[],
): { found: IndexPlan; size: number } | undefined {
  const [only] = candidates;
  if (!only) return undefined;
  const sized = candidates.map((found) => ({ found, size: keysIn(collection, found) }));
  const rank = (a: (typeof sized)[0], b: (typeof sized)[0]): number => {
    const small = Math.min(a.size, b.size) < SAMPLE;
    if (small && a.size !== b.size) return a.size - b.size;
    if (a.found.sorted !== b.found.sorted) return a.found.sorted ? -1 : 1;
    return b.found.bound - a.found.bound || a.found.index.fields.length - b.found.index.fields.length;
  };
  return sized.sort(rank)[0];
}

function keysIn(collection: Collection, { index, ranges }: IndexPlan): number {
  let size = 0;
  for (const { low, high } of ranges) {
    if (size >= SAMPLE) break;
    size += collection.countRange(index, low, high, SAMPLE - size);
  }
  return size;
}

function indexPlan(index: Index, parts: readonly Query[], sort: Sort): IndexPlan | undefined {
  const fields = parts.filter((part) => part.op === 'field');
  if (index.partial && !implies(parts, index.partial)) return undefined;
  if (
    index.sparse &&
    !fields.some((part) => index.fields.some(({ path }) => path === part.path) && excludesNull(part))
  )
    return undefined;
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  let bound = 0;
  let pointed = 0;
  let ranges: { low: Buffer; high: Buffer }[] | undefined;
  let usedMultikey = false;
  for (const [n, field] of index.fields.entries()) {
    const multikey = (index.multikey & (1 << n)) !== 0;
    const intervals = multikey && usedMultikey ? undefined : fieldIntervals(fields, field.path, multikey);
    if (!intervals) break;
    usedMultikey ||= multikey;
    const ordered = field.descending ? descending(intervals) : intervals;
    if (prefixes.length * ordered.length > MOST_RANGES && bound > 0) break;
    bound += 1;
    const next = prefixes.flatMap((prefix) => rangesAfter(prefix, ordered));
    if (ordered.every(({ point }) => point)) {
      prefixes = next.map(({ low }) => low);
      if (next.length === 1) pointed = bound;
    } else {
      ranges = next;
      break;
    }
  }
  const order = orderOf(index, sort, pointed);
  const inOrder =
    sort.length === 0 || (order !== undefined && prefixes.length === 1 && (ranges?.length ?? 1) <= 1);
  return {
    kind: 'index',
    index,
    ranges: ranges ?? prefixes.map(everythingAfter),
    bound,
    reverse: inOrder && order === 'reverse',
    sorted: inOrder,
  };
}

function fieldIntervals(
  fields: readonly Condition[],
  path: string,
  multikey: boolean,
): Interval[] | undefined {
  const lists = fields
    .filter((part) => part.path === path)
    .map((part) => intervalsOf(part))
    .filter((list) => list !== undefined);
  if (lists.length === 0) return undefined;
  if (multikey) return lists.find((list) => list.every(({ point }) => point)) ?? lists[0];
  return lists.reduce(intersect);
}

/** Whether the index gives the order, behind its fields that are held at one value. */
function orderOf(index: Index, sort: Sort, pointed: number): 'forward' | 'reverse' | undefined {
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
  if (
    part.name === '$exists' ||
    part.name === '$regex' ||
    part.name === '$size' ||
    part.name === '$elemMatch'
  )
    return true;
  if (part.name === '$type' || part.name === '$mod') return true;
  if (part.name === '$in') return part.list?.every((item) => item !== null) ?? false;
  return part.operand !== undefined && !part.test(undefined);
}
