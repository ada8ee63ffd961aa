import { copy, type Doc, same } from './copy.ts';

type Fields = Record<string, unknown>;
const known = new Set(['$set', '$unset', '$inc', '$setOnInsert']);

/**
 * An update of top-level fields, as the product uses them; anything else throws.
 * @returns a new document, or the same one when nothing changed
 */
export function applyUpdate(doc: Doc, update: object, inserting: boolean): Doc {
  for (const operator of Object.keys(update)) {
    if (!known.has(operator)) throw new Error(`update ${operator} is not known to the virtual database`);
  }
  const { $set, $unset, $inc, $setOnInsert } = update as Record<string, Fields | undefined>;
  const next: Doc = { ...doc };
  let changed = false;
  const put = (field: string, value: unknown) => {
    if (field.includes('.')) throw new Error(`a dotted field (${field}) is not known to the virtual database`);
    if (field === '_id' && doc._id !== value) throw new Error('_id cannot be changed');
    if (value === undefined || same(next[field], value)) return;
    next[field] = copy(value);
    changed = true;
  };
  for (const [field, value] of Object.entries($set ?? {})) put(field, value);
  for (const [field, value] of Object.entries($inc ?? {})) {
    const old = next[field] ?? 0;
    if (typeof old !== 'number' || typeof value !== 'number') throw new Error(`$inc of ${field}: not numbers`);
    put(field, old + value);
  }
  if (inserting) for (const [field, value] of Object.entries($setOnInsert ?? {})) put(field, value);
  for (const field of Object.keys($unset ?? {})) {
    if (!(field in next)) continue;
    next[field] = undefined;
    changed = true;
  }
  if (!changed) return doc;
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) as Doc;
}

/** The document an upsert begins with: the equalities of its filter. */
export function upsertBase(filter: object): Doc {
  const base: Fields = {};
  for (const [field, wanted] of Object.entries(filter)) {
    if (field.startsWith('$') || typeof wanted === 'object') continue;
    if (field.includes('.')) throw new Error(`an upsert by ${field} is not known to the virtual database`);
    base[field] = wanted;
  }
  if (typeof base._id !== 'string') throw new Error('an upsert names its _id');
  return base as Doc;
}
