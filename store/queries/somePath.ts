import { Arr, Doc, type Value } from '../values/value.ts';

/** What a match leaves for the positional `$`: the index in the outermost array it passed. */
export interface Match {
  index?: number;
}

type Test = (value: Value | undefined) => boolean;

/**
 * Whether some value at a dotted path passes, reading arrays as MongoDB's matcher does: an array on the way stands
 * for each document in it (and for its element at a numeric part), an array at the end for each element and itself.
 * A path that leads nowhere is tested as missing once, but not for elements that are no documents.
 * https://www.mongodb.com/docs/manual/tutorial/query-array-of-documents/
 *
 * @param expand false for operators that look at the array itself (`$size`, `$exists`, `$elemMatch`)
 */
export function somePath(
  doc: Doc,
  path: readonly string[],
  expand: boolean,
  test: Test,
  match?: Match,
): boolean {
  return inDoc(doc, path, 0, expand, test, match);
}

function inDoc(
  doc: Doc,
  path: readonly string[],
  at: number,
  expand: boolean,
  test: Test,
  match?: Match,
): boolean {
  const value = doc.peek(path[at] ?? '');
  if (at === path.length - 1) {
    if (expand && value instanceof Arr) {
      const found = value.items.findIndex(test);
      if (found >= 0) {
        if (match) match.index = found;
        return true;
      }
    }
    return test(value);
  }
  if (value instanceof Doc) return inDoc(value, path, at + 1, expand, test, match);
  if (value instanceof Arr) return inArray(value, path, at + 1, expand, test, match);
  return test(undefined);
}

function inArray(
  arr: Arr,
  path: readonly string[],
  at: number,
  expand: boolean,
  test: Test,
  match?: Match,
): boolean {
  const part = path[at] ?? '';
  for (const [index, item] of arr.items.entries()) {
    if (item instanceof Doc && inDoc(item, path, at, expand, test)) {
      if (match) match.index = index;
      return true;
    }
    if (part === String(index) && atIndex(item, path, at, expand, test, match)) return true;
  }
  return false;
}

function atIndex(
  item: Value,
  path: readonly string[],
  at: number,
  expand: boolean,
  test: Test,
  match?: Match,
): boolean {
  if (at === path.length - 1) return test(item);
  if (item instanceof Doc) return inDoc(item, path, at + 1, expand, test, match);
  return item instanceof Arr && inArray(item, path, at + 1, expand, test, match);
}
