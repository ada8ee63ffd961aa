import { objectId } from '../objectId.ts';
import { StoreError } from '../storeError.ts';
import { stamped } from '../updates/stamped.ts';
import { Arr, Doc, Raw, TYPE, type Value } from '../values/value.ts';

/**
 * A document as it is stored: its `_id` in front, made if there is none.
 *
 * @throws StoreError 52, 53 for an `_id` MongoDB refuses
 */
export function newDocument(given: Doc): Doc {
  const id = given.get('_id');
  if (id instanceof Arr || (id instanceof Raw && (id.type === TYPE.regex || id.type === TYPE.undefined))) {
    throw new StoreError(53, `The '_id' value cannot be of this type`);
  }
  if (id instanceof Doc && [...id.fields.keys()].some((name) => name.startsWith('$'))) {
    throw new StoreError(52, "_id fields may not contain '$'-prefixed fields");
  }
  stamped(given);
  if (id !== undefined && given.fields.keys().next().value === '_id') return given;
  const fields = new Map<string, Value>([['_id', id ?? objectId()]]);
  for (const [name, value] of given.fields) if (name !== '_id') fields.set(name, value);
  return new Doc(fields);
}
