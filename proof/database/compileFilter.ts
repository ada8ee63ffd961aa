import { anyAt, order, same, valuesAt } from './copy.ts';

export type Test = (doc: object) => boolean;
type Compare = (difference: number) => boolean;

const comparisons: Record<string, Compare> = {
  $lt: (difference) => difference < 0,
  $lte: (difference) => difference <= 0,
  $gt: (difference) => difference > 0,
  $gte: (difference) => difference >= 0,
};

/** A filter as a function, for the operators the product uses. Any other throws: nothing is accepted in silence. */
export function compileFilter(filter: object): Test {
  const tests: Test[] = [];
  for (const field in filter) tests.push(compileField(field, wantedOf(filter, field)));
  return all(tests);
}

/**
 * Does one document pass a filter? Without a function for each equality: most of what is asked about one is its version
 * or its status. Every part is looked at, so that what is not known throws whatever the document.
 */
export function passes(doc: object, filter: object): boolean {
  let fits = true;
  for (const field in filter) {
    const wanted = wantedOf(filter, field);
    const one = isPlain(field, wanted) ? isAt(doc, field, wanted) : compileField(field, wanted)(doc);
    fits &&= one;
  }
  return fits;
}

/** The driver sends what is undefined as null. */
function wantedOf(filter: object, field: string): unknown {
  const wanted = (filter as Record<string, unknown>)[field];
  return wanted === undefined ? null : wanted;
}

/** All of some tests, without a call for the list itself: it is asked of each document. */
function all(tests: Test[]): Test {
  const [first, second] = tests;
  if (!first) return () => true;
  if (!second) return first;
  if (tests.length === 2) return (doc) => first(doc) && second(doc);
  return (doc) => {
    for (let index = 0; index < tests.length; index += 1) if (!tests[index]?.(doc)) return false;
    return true;
  };
}

function compileField(field: string, wanted: unknown): Test {
  if (field === '$or' || field === '$and') {
    const parts = (wanted as object[]).map(compileFilter);
    return field === '$or' ? (doc) => parts.some((test) => test(doc)) : all(parts);
  }
  if (field.startsWith('$')) throw new Error(`operator ${field} is not known to the virtual database`);
  if (isPlain(field, wanted)) return (doc) => isAt(doc, field, wanted);
  const path = field.split('.');
  if (!isOperators(wanted)) return compileValue(path, wanted);
  const tests: Test[] = [];
  for (const operator in wanted) tests.push(compileOperator(path, operator, wanted[operator]));
  return all(tests);
}

const isOperators = (wanted: unknown): wanted is Record<string, unknown> =>
  typeof wanted === 'object' &&
  wanted !== null &&
  !(wanted instanceof Date) &&
  !(wanted instanceof RegExp) &&
  Object.keys(wanted).some((key) => key[0] === '$');

/** The commonest test of all: a scalar in a field of the document itself. */
const isPlain = (field: string, wanted: unknown): boolean =>
  typeof wanted !== 'object' && field[0] !== '$' && !field.includes('.');

function isAt(doc: object, field: string, wanted: unknown): boolean {
  const value = (doc as Record<string, unknown>)[field];
  return value === wanted || (Array.isArray(value) && value.includes(wanted));
}

function compileValue(path: string[], wanted: unknown): Test {
  if (wanted instanceof RegExp) {
    return (doc) => anyAt(doc, path, (value) => typeof value === 'string' && wanted.test(value));
  }
  // Null also means "not there".
  if (wanted === null) {
    return (doc) => {
      const values = valuesAt(doc, path);
      return values.length === 0 || values.includes(null);
    };
  }
  return (doc) => anyAt(doc, path, (value) => same(value, wanted));
}

function compileOperator(path: string[], operator: string, wanted: unknown): Test {
  const compare = comparisons[operator];
  if (compare) {
    const fits = (value: unknown) => {
      const difference = order(value, wanted);
      return difference !== undefined && compare(difference);
    };
    const [field = ''] = path;
    if (path.length > 1) return (doc) => anyAt(doc, path, fits);
    // A scalar of the document itself, nearly always.
    return (doc) => {
      const value = (doc as Record<string, unknown>)[field];
      return typeof value === 'object' ? anyAt(doc, path, fits) : fits(value);
    };
  }
  switch (operator) {
    case '$in': {
      const values = wanted as unknown[];
      if (values.every((one) => typeof one === 'string')) {
        const strings = new Set<unknown>(values);
        const fits = (one: unknown) => strings.has(one);
        return (doc) => anyAt(doc, path, fits);
      }
      const tests = values.map((one) => compileValue(path, one));
      return (doc) => tests.some((test) => test(doc));
    }
    case '$eq':
      return compileValue(path, wanted);
    case '$ne': {
      const equal = compileValue(path, wanted);
      return (doc) => !equal(doc);
    }
    case '$exists':
      return (doc) => anyAt(doc, path, () => true) === wanted;
    case '$size':
      return (doc) => anyAt(doc, path, (value) => Array.isArray(value) && value.length === wanted);
    case '$elemMatch': {
      const inner = compileFilter(wanted as object);
      const fits = (item: unknown) => typeof item === 'object' && item !== null && inner(item);
      return (doc) => anyAt(doc, path, (value) => Array.isArray(value) && value.some(fits));
    }
    default:
      throw new Error(`operator ${operator} is not known to the virtual database`);
  }
}
