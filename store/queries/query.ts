import { type Doc, type Value } from '../values/value.ts';
import { type Match } from './somePath.ts';

/** A condition on one field, readable by the planner. `operand` is what `$eq $gt $gte $lt $lte` compare with. */
export interface Condition {
  op: 'field';
  path: string;
  name: string;
  operand?: Value;
  /** What `$in` lists; regular expressions in it make the list useless to an index, and are left out with `open`. */
  list?: Value[];
  open?: boolean;
  /** What every text that passes a `$regex` begins with. */
  start?: string;
  /** What `$elemMatch` asks of an element that is a document: all of it must hold. */
  inner?: Query[];
  /** The test of one value, used inside `$elemMatch`. */
  test: (value: Value | undefined) => boolean;
  run: (doc: Doc, match?: Match) => boolean;
}

/** A compiled query. */
export type Query = Condition | { op: 'and' | 'or' | 'nor'; kids: Query[] } | { op: 'not'; kid: Query };

/** The parts of a query that must all hold. */
export function conjuncts(query: Query): Query[] {
  return query.op === 'and' ? query.kids.flatMap(conjuncts) : [query];
}

function holds<T>(
  query: Query,
  on: T,
  test: (leaf: Condition, on: T, match?: Match) => boolean,
  match?: Match,
): boolean {
  switch (query.op) {
    case 'and':
      return query.kids.every((kid) => holds(kid, on, test, match));
    case 'or':
      return query.kids.some((kid) => holds(kid, on, test, match));
    case 'nor':
      return !query.kids.some((kid) => holds(kid, on, test));
    case 'not':
      return !holds(query.kid, on, test);
    default:
      return test(query, on, match);
  }
}

const ofDoc = (leaf: Condition, doc: Doc, match?: Match): boolean => leaf.run(doc, match);
const ofValue = (leaf: Condition, value: Value): boolean => leaf.test(value);

/** Whether the document passes; `match` receives the index the positional `$` stands for. */
export const matches = (query: Query, doc: Doc, match?: Match): boolean => holds(query, doc, ofDoc, match);

/** Whether one value passes: the form of a query that `$elemMatch: {$gt: 1}` and `$pull: {$gt: 1}` use. */
export const matchesValue = (query: Query, value: Value): boolean => holds(query, value, ofValue);
