import { hash } from '../world/random.ts';
import { type Doc, order, valuesAt } from './copy.ts';

/**
 * Puts documents into the order of a sort. Equal ones come in an order that changes with the question: MongoDB promises
 * none. Without a sort they keep the natural order.
 *
 * @param docs a list of the caller's own
 */
export function inOrder(docs: Doc[], sort: Record<string, 1 | -1> | undefined): Doc[] {
  if (!sort || docs.length < 2) return docs;
  const fields = Object.entries(sort).map(([field, direction]) => {
    const path = field.split('.');
    const valueOf = path.length === 1 ? (doc: Doc) => doc[field] : (doc: Doc) => valuesAt(doc, path)[0];
    return { field, valueOf, direction };
  });
  return docs.sort((a, b) => {
    for (let index = 0; index < fields.length; index += 1) {
      const { field, valueOf, direction } = fields[index] as (typeof fields)[number];
      const left = valueOf(a);
      const right = valueOf(b);
      if (left === right) continue;
      if (left === undefined || left === null) return -direction;
      if (right === undefined || right === null) return direction;
      const difference = order(left, right);
      if (difference === undefined) throw new Error(`sort by ${field}: values of different kinds`);
      if (difference !== 0) return difference * direction;
    }
    return hash(a._id) - hash(b._id);
  });
}
