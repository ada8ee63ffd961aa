type Fields = Record<string, unknown>;

/** A document as the virtual database keeps it. */
export interface Doc {
  _id: string;
  [field: string]: unknown;
}

/**
 * A frozen copy: what crosses the border inwards shares nothing with its giver, and what is given out again can be
 * given to everybody, because whoever writes into it throws. That is stricter than the driver's copies, and cheaper.
 */
export function copy<T>(value: T): T;
export function copy(value: unknown): unknown {
  // What is frozen came from here.
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) {
    const list = new Array<unknown>(value.length);
    for (let index = 0; index < value.length; index += 1) {
      const inner: unknown = value[index];
      list[index] = typeof inner === 'object' ? copy(inner) : inner;
    }
    return Object.freeze(list);
  }
  if (value instanceof Date) return new Date(value.getTime());
  if (Object.getPrototypeOf(value) !== Object.prototype)
    throw new TypeError(`only plain values are kept, not ${value.constructor.name}`);
  const result: Record<string, unknown> = {};
  for (const key in value) {
    const inner = (value as Record<string, unknown>)[key];
    // As the driver does it: `ignoreUndefined` is off.
    result[key] = inner === undefined ? null : typeof inner === 'object' ? copy(inner) : inner;
  }
  return Object.freeze(result);
}

/** Every value at a dotted path; arrays on the way are looked through, and one at the end stands for its members too. */
export function valuesAt(doc: unknown, path: string[], from = 0, found: unknown[] = []): unknown[] {
  if (from === path.length) {
    found.push(doc);
    if (Array.isArray(doc)) found.push(...doc);
    return found;
  }
  if (Array.isArray(doc)) {
    const index = Number(path[from]);
    if (Number.isInteger(index))
      throw new Error(`a position in a path (${path.join('.')}) is not known here`);
    for (const item of doc) if (typeof item === 'object' && item !== null) valuesAt(item, path, from, found);
    return found;
  }
  if (typeof doc !== 'object' || doc === null) return found;
  const inner = (doc as Record<string, unknown>)[path[from] ?? ''];
  if (inner === undefined) return found;
  return valuesAt(inner, path, from + 1, found);
}

/** Does a value at a dotted path pass? As `valuesAt`, without a list: it is asked a million times. */
export function anyAt(doc: unknown, path: string[], passes: (value: unknown) => boolean, from = 0): boolean {
  if (from === path.length) return passes(doc) || (Array.isArray(doc) && doc.some(passes));
  if (typeof doc !== 'object' || doc === null) return false;
  if (Array.isArray(doc)) {
    if (Number.isInteger(Number(path[from])))
      throw new Error(`a position in a path (${path.join('.')}) is not known here`);
    return doc.some((item) => typeof item === 'object' && item !== null && anyAt(item, path, passes, from));
  }
  const inner = (doc as Fields)[path[from] ?? ''];
  return inner !== undefined && anyAt(inner, path, passes, from + 1);
}

/** Equal as MongoDB sees it, for the values that are used: scalars, dates, and arrays or documents in their order. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Date || b instanceof Date)
    return a instanceof Date && b instanceof Date && a.getTime() === b.getTime();
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    for (let index = 0; index < a.length; index += 1) if (!same(a[index], b[index])) return false;
    return true;
  }
  const left = Object.keys(a);
  const right = Object.keys(b);
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index += 1) {
    const key = left[index] ?? '';
    if (right[index] !== key || !same((a as Fields)[key], (b as Fields)[key])) return false;
  }
  return true;
}

/** The order of two values of one kind; undefined when they are of different kinds, which no comparison matches. */
export function order(a: unknown, b: unknown): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  return undefined;
}
