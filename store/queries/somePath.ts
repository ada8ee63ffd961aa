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
  return inDoc(doc, 0, { path, expand, test }, match);
}

interface Search {
  path: readonly string[];
  expand: boolean;
  test: Test;
}

function inDoc(doc: Doc, at: number, search: Search, match?: Match): boolean {
  const { path, expand, test } = search;
  const value = doc.peek(path[at] ?? '');
  if (at < path.length - 1) return inside(value, at + 1, search, match) ?? test(undefined);
  const found = expand && value instanceof Arr ? value.items.findIndex(test) : -1;
  if (found >= 0 && match) match.index = found;
  return found >= 0 || test(value);
}

/** Undefined for a value that nothing lies in. */
function inside(value: Value | undefined, at: number, search: Search, match?: Match): boolean | undefined {
  if (value instanceof Doc) return inDoc(value, at, search, match);
  return value instanceof Arr ? inArray(value, at, search, match) : undefined;
}

function inArray(arr: Arr, at: number, search: Search, match?: Match): boolean {
  const { path, test } = search;
  for (const [index, item] of arr.items.entries()) {
    if (item instanceof Doc && inDoc(item, at, search)) {
      if (match) match.index = index;
      return true;
    }
    if (path[at] !== String(index)) continue;
    if (at === path.length - 1 ? test(item) : inside(item, at + 1, search, match)) return true;
  }
  return false;
}
