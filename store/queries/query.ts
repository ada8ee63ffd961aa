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
  /** What `$elemMatch` asks of an element that is a document: all of it must hold. */
  inner?: Query[];
  /** The test of one value, used inside `$elemMatch`. */
  test: (value: Value | undefined) => boolean;
  run: (doc: Doc, match?: Match) => boolean;
}

/** A compiled query. */
export type Query =
  | Condition
  | { op: 'and' | 'or' | 'nor'; kids: Query[] }
  | { op: 'not'; kid: Query }
  | { op: 'expr'; run: (doc: Doc) => boolean };

/** The parts of a query that must all hold. */
export function conjuncts(query: Query): Query[] {
  return query.op === 'and' ? query.kids.flatMap(conjuncts) : [query];
}

/** Whether the document passes; `match` receives the index the positional `$` stands for. */
export function matches(query: Query, doc: Doc, match?: Match): boolean {
  switch (query.op) {
    case 'field':
      return query.run(doc, match);
    case 'and':
      return query.kids.every((kid) => matches(kid, doc, match));
    case 'or':
      return query.kids.some((kid) => matches(kid, doc, match));
    case 'nor':
      return !query.kids.some((kid) => matches(kid, doc));
    case 'not':
      return !matches(query.kid, doc);
    case 'expr':
      return query.run(doc);
  }
}

/** Whether one value passes: the form of a query that `$elemMatch: {$gt: 1}` and `$pull: {$gt: 1}` use. */
export function matchesValue(query: Query, value: Value): boolean {
  switch (query.op) {
    case 'field':
      return query.test(value);
    case 'and':
      return query.kids.every((kid) => matchesValue(kid, value));
    case 'or':
      return query.kids.some((kid) => matchesValue(kid, value));
    case 'nor':
      return !query.kids.some((kid) => matchesValue(kid, value));
    case 'not':
      return !matchesValue(query.kid, value);
    case 'expr':
      return false;
  }
}
