import { StoreError } from '../storeError.ts';
import { Arr, Doc, type Value } from '../values/value.ts';

/** Gives the new value of a field from the old one; `undefined` removes it, the same value leaves it alone. */
export type Change = (old: Value | undefined) => Value | undefined;

const MOST_PADDING = 1_500_000;
const isIndex = (part: string): boolean => /^(0|[1-9]\d*)$/.test(part);

/**
 * Changes what stands at a concrete path (array positions as numbers), creating documents on the way when `create`.
 *
 * @returns how many leading parts of the path name what was set or removed; 0 when nothing was
 * @throws StoreError 28 PathNotViable when the path leads through something that is no document
 */
export function changePath(
  at: Doc | Arr,
  path: readonly string[],
  create: boolean,
  change: Change,
  depth = 0,
): number {
  const part = path[depth] ?? '';
  if (at instanceof Arr && !isIndex(part)) {
    if (!create) return 0;
    throw notViable(path, depth);
  }
  const old = at instanceof Doc ? at.get(part) : at.items[Number(part)];
  if (depth === path.length - 1) {
    const now = change(old);
    if (now === old) return 0;
    put(at, part, now);
    return depth + 1;
  }
  if (old instanceof Doc || old instanceof Arr) {
    const changed = changePath(old, path, create, change, depth + 1);
    if (changed) at.touch();
    return changed;
  }
  if (!create) return 0;
  if (old !== undefined) throw notViable(path, depth + 1);
  const made = new Doc();
  if (!changePath(made, path, create, change, depth + 1)) return 0;
  put(at, part, made);
  return depth + 1;
}

function notViable(path: readonly string[], depth: number): StoreError {
  return new StoreError(28, `Cannot create field '${path[depth]}' in element {${path[depth - 1] ?? ''}: …}`);
}

function put(at: Doc | Arr, part: string, value: Value | undefined): void {
  if (at instanceof Doc) {
    if (value === undefined) at.delete(part);
    else at.set(part, value);
    return;
  }
  const index = Number(part);
  if (value === undefined && index >= at.items.length) return;
  const items = at.touch();
  if (index - items.length > MOST_PADDING)
    throw new StoreError(2, `can't backfill more than ${MOST_PADDING} array elements`);
  while (items.length < index) items.push(null);
  items[index] = value ?? null;
}

/** The value at a concrete path. */
export function valueAt(at: Value | undefined, path: readonly string[]): Value | undefined {
  let value = at;
  for (const part of path) {
    if (value instanceof Doc) value = value.get(part);
    else value = value instanceof Arr && isIndex(part) ? value.items[Number(part)] : undefined;
  }
  return value;
}
