import { copy, type Doc, same } from './copy.ts';

type Fields = Record<string, unknown>;
const known = new Set(['$set', '$unset', '$inc', '$setOnInsert', '$push', '$max']);

/**
 * An update of fields, and of what `$set` names one level below them, as the product uses them; anything else throws.
 * @returns a new document, or the same one when nothing changed
 */
export function applyUpdate(doc: Doc, update: object, inserting: boolean): Doc {
  for (const operator in update) {
    if (!known.has(operator)) throw new Error(`update ${operator} is not known to the virtual database`);
  }
  const { $set, $unset, $inc, $setOnInsert, $push, $max } = update as Record<string, Fields | undefined>;
  let next: Doc | undefined;
  const put = (field: string, value: unknown): void => {
    const [whole = '', part, ...deeper] = field.split('.');
    if (part !== undefined) {
      if (deeper.length > 0)
        throw new Error(`a field as deep as ${field} is not known to the virtual database`);
      return put(whole, within((next ?? doc)[whole], part, value));
    }
    if (field === '_id' && doc._id !== value) throw new Error('_id cannot be changed');
    const kept = value === undefined ? null : value;
    if (same((next ?? doc)[field], kept)) return;
    next ??= { ...doc };
    next[field] = copy(kept);
  };
  for (const field in $set) put(field, $set[field]);
  for (const field in $inc) {
    const old = (next ?? doc)[field] ?? 0;
    const by = $inc[field];
    if (typeof old !== 'number' || typeof by !== 'number') throw new Error(`$inc of ${field}: not numbers`);
    put(field, old + by);
  }
  for (const field in $max) {
    const old = (next ?? doc)[field];
    const least = $max[field];
    if ((old !== undefined && typeof old !== 'number') || typeof least !== 'number')
      throw new Error(`$max of ${field}: not numbers`);
    put(field, old === undefined ? least : Math.max(old, least));
  }
  for (const field in $push) put(field, pushed((next ?? doc)[field], $push[field]));
  if (inserting) for (const field in $setOnInsert) put(field, $setOnInsert[field]);
  for (const field in $unset) {
    if ((next ?? doc)[field] === undefined) continue;
    const { [field]: _, ...rest } = next ?? doc;
    next = rest as Doc;
  }
  return next ? Object.freeze(next) : doc;
}

/** A document with one field of it set. */
function within(whole: unknown, part: string, value: unknown): Fields {
  if (whole !== undefined && (typeof whole !== 'object' || whole === null || Array.isArray(whole)))
    throw new Error(`${part} is set within what is no document`);
  return { ...whole, [part]: value === undefined ? null : value };
}

/** `$push` of one document, or with `$each` and a `$slice` that keeps the last ones. */
function pushed(old: unknown, order: unknown): unknown[] {
  const plain =
    typeof order === 'object' && order !== null && !Object.keys(order).some((key) => key[0] === '$');
  if (plain && (old === undefined || Array.isArray(old))) return [...(old ?? []), order];
  const { $each, $slice, ...rest } = order as { $each: unknown[]; $slice: number };
  if ((old !== undefined && !Array.isArray(old)) || !Array.isArray($each) || !($slice < 0))
    throw new Error('this $push is not known to the virtual database');
  if (Object.keys(rest).length > 0) throw new Error('a $push is known with $each and $slice alone');
  return [...(Array.isArray(old) ? old : []), ...$each].slice($slice);
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
