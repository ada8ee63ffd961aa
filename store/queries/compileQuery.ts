import { names } from '../names.ts';
import { notDone, StoreError } from '../storeError.ts';
import { isNumber, toNumber } from '../values/numbers.ts';
import { Arr, Doc, Double, Raw, TYPE, type Value } from '../values/value.ts';
import { conjuncts, matches, matchesValue, type Condition, type Query } from './query.ts';
import { somePath, type Match } from './somePath.ts';
import { startOf } from './startOf.ts';
import { equalTest, inTest, modTest, orderTest, regexParts, regexTest, typeTest, wholeOf } from './tests.ts';

const LITERAL = new Set(['$ref', '$id', '$db']);
const MISSING = new Set(
  names(`$expr $where $text $near $nearSphere $geoWithin $geoIntersects $geometry $jsonSchema $bitsAllSet $bitsAnySet
  $bitsAllClear $bitsAnyClear $sampleRate $geoNear $alwaysTrue $alwaysFalse`),
);
const isRegex = (value: Value | undefined): value is Raw => value instanceof Raw && value.type === TYPE.regex;

/** Whether a value is `{$operator: …}`. */
export function isOperators(value: Value | undefined): value is Doc {
  if (!(value instanceof Doc)) return false;
  const first = value.fields.keys().next().value;
  return first !== undefined && first.startsWith('$') && !LITERAL.has(first);
}

/**
 * Compiles a filter. https://www.mongodb.com/docs/manual/reference/mql/query-predicates/
 *
 * @param nested whether it is on an element of an array, where the fields of a DBRef may be asked for
 * @throws StoreError 2 BadValue for what MongoDB refuses, 238 for what this store has not
 */
export function compileQuery(filter = new Doc(), nested = false): Query {
  const kids: Query[] = [];
  for (const [name, value] of filter.fields) {
    if (!name.startsWith('$') || (nested && LITERAL.has(name))) kids.push(...compileField(name, value));
    else if (name === '$and' || name === '$or' || name === '$nor') {
      const op = name === '$and' ? 'and' : name === '$or' ? 'or' : 'nor';
      kids.push({ op, kids: branches(name, value).map((branch) => compileQuery(branch, nested)) });
    } else if (MISSING.has(name)) throw notDone(name);
    else if (name !== '$comment') throw new StoreError(2, `unknown top level operator: ${name}`);
  }
  const [only] = kids;
  return only && kids.length === 1 ? only : { op: 'and', kids };
}

function branches(name: string, value: Value): Doc[] {
  if (!(value instanceof Arr)) throw new StoreError(2, `${name} must be an array`);
  if (value.items.length === 0) throw new StoreError(2, `$and/$or/$nor must be a nonempty array`);
  return value.items.map((item) => {
    if (!(item instanceof Doc)) throw new StoreError(2, `$or/$and/$nor entries need to be full objects`);
    return item;
  });
}

function condition(path: string, name: string, expand: boolean, test: Condition['test']): Condition {
  const parts = path.split('.');
  return { op: 'field', path, name, test, run: (doc, match) => somePath(doc, parts, expand, test, match) };
}

function compileField(path: string, value: Value): Query[] {
  if (isRegex(value)) return [ofRegex(path, ...regexParts(value))];
  if (!isOperators(value)) return [equal(path, value)];
  return compileOperators(path, value);
}

/** The conditions of `{$gt: 1, $lt: 5}` on one path. */
export function compileOperators(path: string, operators: Doc): Query[] {
  const kids: Query[] = [];
  for (const [name, operand] of operators.fields) {
    if (name === '$options') {
      if (operators.get('$regex') === undefined) throw new StoreError(2, '$options needs a $regex');
    } else kids.push(compileOperator(path, name, operand, operators));
  }
  return kids;
}

function refuseUndefined(operand: Value): void {
  if (operand instanceof Raw && operand.type === TYPE.undefined)
    throw new StoreError(2, 'cannot compare to undefined');
}

function equal(path: string, operand: Value): Condition {
  refuseUndefined(operand);
  return { ...condition(path, '$eq', true, equalTest(operand)), operand };
}

function inList(path: string, name: string, operand: Value): Condition {
  if (!(operand instanceof Arr)) throw new StoreError(2, `${name} needs an array`);
  if (operand.items.some(isOperators)) throw new StoreError(2, `cannot nest $ under ${name}`);
  const list = operand.items;
  for (const item of list) refuseUndefined(item);
  return { ...condition(path, '$in', true, inTest(list)), list, open: list.some(isRegex) };
}

function compileOperator(path: string, name: string, operand: Value, all: Doc): Query {
  switch (name) {
    case '$eq':
      return equal(path, operand);
    case '$ne':
      if (isRegex(operand)) throw new StoreError(2, "Can't have regex as arg to $ne.");
      return { op: 'not', kid: equal(path, operand) };
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      if (isRegex(operand))
        throw new StoreError(2, `Can't have RegEx as arg to predicate over field '${path}'.`);
      refuseUndefined(operand);
      return { ...condition(path, name, true, orderTest(name, operand)), operand };
    case '$in':
      return inList(path, name, operand);
    case '$nin':
      return { op: 'not', kid: inList(path, name, operand) };
    case '$exists': {
      const found = condition(path, '$exists', false, (value) => value !== undefined);
      return truthy(operand) ? found : { op: 'not', kid: found };
    }
    case '$type':
      return { ...condition(path, name, true, typeTest(operand)), operand };
    case '$regex':
      return compileRegex(path, operand, all.get('$options'));
    case '$mod':
      return condition(path, name, true, modTest(operand));
    case '$size': {
      const size = wholeOf(operand, '$size');
      if (size < 0) throw new StoreError(2, `$size may not be negative`);
      return condition(path, name, false, (value) => value instanceof Arr && value.items.length === size);
    }
    case '$not':
      if (isRegex(operand))
        return { op: 'not', kid: condition(path, '$regex', true, regexTest(...regexParts(operand))) };
      if (!isOperators(operand)) throw new StoreError(2, '$not needs a regex or a document');
      return { op: 'not', kid: { op: 'and', kids: compileOperators(path, operand) } };
    case '$all':
      return compileAll(path, operand);
    case '$elemMatch':
      return compileElemMatch(path, operand);
    default:
      if (MISSING.has(name)) throw notDone(name);
      throw new StoreError(2, `unknown operator: ${name}`);
  }
}

function compileRegex(path: string, operand: Value, options: Value | undefined): Condition {
  if (options !== undefined && typeof options !== 'string')
    throw new StoreError(2, '$options has to be a string');
  if (typeof operand === 'string') return ofRegex(path, operand, options ?? '');
  if (!isRegex(operand)) throw new StoreError(2, '$regex has to be a string');
  const [pattern, own] = regexParts(operand);
  if (own && options !== undefined) throw new StoreError(51075, 'options set in both $regex and $options');
  return ofRegex(path, pattern, options ?? own);
}

function ofRegex(path: string, pattern: string, options: string): Condition {
  const start = startOf(pattern, options);
  const found = condition(path, '$regex', true, regexTest(pattern, options));
  return start === '' ? found : { ...found, start };
}

function compileAll(path: string, operand: Value): Query {
  if (!(operand instanceof Arr)) throw new StoreError(2, '$all needs an array');
  if (operand.items.length === 0) return condition(path, '$all', true, () => false);
  const nested = operand.items.filter((item) => item instanceof Doc && item.get('$elemMatch') !== undefined);
  if (nested.length > 0 && nested.length < operand.items.length)
    throw new StoreError(2, 'no $ expressions in $all');
  const kids = operand.items.flatMap((item) => {
    if (nested.length > 0 && item instanceof Doc) return compileOperators(path, item);
    if (isOperators(item)) throw new StoreError(2, 'no $ expressions in $all');
    return compileField(path, item);
  });
  return { op: 'and', kids };
}

const LOGICAL = new Set(['$and', '$or', '$nor', '$expr', '$where', '$comment']);

/** Whether the condition on an element is a query on a document (`{$or: [...]}`), though it begins with a dollar. */
export const isLogical = (operand: Doc): boolean => LOGICAL.has(operand.fields.keys().next().value ?? '');

function compileElemMatch(path: string, operand: Value): Condition {
  if (!(operand instanceof Doc)) throw new StoreError(2, '$elemMatch needs an Object');
  const values = isOperators(operand) && !isLogical(operand);
  const sub: Query = values
    ? { op: 'and', kids: compileOperators('', operand) }
    : compileQuery(operand, true);
  const one = (item: Value): boolean =>
    values
      ? matchesValue(sub, item)
      : item instanceof Doc
        ? matches(sub, item)
        : item instanceof Arr && matches(sub, asDoc(item));
  const find = (value: Value | undefined): number => (value instanceof Arr ? value.items.findIndex(one) : -1);
  const found = condition(path, '$elemMatch', false, (value) => find(value) >= 0);
  const parts = path.split('.');
  return {
    ...found,
    ...(!values && { inner: conjuncts(sub) }),
    run: (doc: Doc, match?: Match) => {
      let own = -1;
      const outer: Match = {};
      const passed = somePath(doc, parts, false, (value) => (own = find(value)) >= 0, outer);
      if (passed && match) match.index = outer.index ?? own;
      return passed;
    },
  };
}

/** An array as the matcher sees it in `$elemMatch`: a document with the names "0", "1" … */
const asDoc = (arr: Arr): Doc => new Doc(new Map(arr.items.map((item, index) => [String(index), item])));

/** Whether MongoDB takes a value for true: all but false, null, undefined and zero. */
export function truthy(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return false;
  if (value instanceof Double) return value.value !== 0;
  if (isNumber(value)) return toNumber(value) !== 0;
  return !(value instanceof Raw && value.type === TYPE.undefined);
}
