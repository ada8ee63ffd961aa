import { StoreError } from './storeError.ts';
import { type Doc } from './values/value.ts';

/**
 * What is not known is not passed over.
 *
 * @param what where the fields stand, for the message
 * @throws StoreError 40415 for a field that is not among those known
 */
export function refuseOthers(given: Doc, known: readonly string[], what: string): void {
  const odd = [...given.fields.keys()].find((name) => !known.includes(name));
  if (odd !== undefined) throw new StoreError(40415, `BSON field '${what}.${odd}' is an unknown field.`);
}
