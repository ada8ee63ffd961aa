import { conjuncts, type Query } from '../queries/query.ts';
import { StoreError } from '../storeError.ts';
import { copyValue, Doc, type Value } from '../values/value.ts';
import { changePath } from './changePath.ts';

/**
 * The document an upsert starts from: what the query holds at one value.
 * https://www.mongodb.com/docs/manual/reference/method/db.collection.updateOne/#upsert
 */
export function upsertBase(query: Query, replaces: boolean): Doc {
  const base = new Doc();
  const seen: string[] = [];
  for (const [path, value] of equalities(query)) {
    if (replaces && path.startsWith('_id.'))
      throw new StoreError(
        111,
        `field at '_id' must be exactly specified, field at sub-path '${path}' found`,
      );
    if (replaces && path !== '_id') continue;
    if (
      seen.some((other) => other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`))
    ) {
      throw new StoreError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    }
    seen.push(path);
    changePath(base, path.split('.'), true, () => copyValue(value));
  }
  return base;
}

function equalities(query: Query): [string, Value][] {
  return conjuncts(query).flatMap((part): [string, Value][] => {
    if (part.op === 'or' && part.kids.length === 1 && part.kids[0]) return equalities(part.kids[0]);
    if (part.op !== 'field') return [];
    if (part.name === '$eq' && part.operand !== undefined) return [[part.path, part.operand]];
    const [only] = part.list ?? [];
    return part.name === '$in' && !part.open && part.list?.length === 1 && only !== undefined
      ? [[part.path, only]]
      : [];
  });
}
