import { type Condition, type Query } from './query.ts';

/** A condition that must hold somewhere in a document, and the elements (of `$elemMatch`) it must hold in. */
export interface Placed {
  part: Condition;
  elements: Element[];
}

/** One element of an array, named by the `$elemMatch` that asks for it, and in which of its fields the condition is. */
interface Element {
  of: Condition;
  field: string;
}

/**
 * The conditions on fields, with those that an `$elemMatch` puts to one element of its array: the index of `a.x` holds
 * the `x` of that element too.
 */
export function inElements(parts: readonly Query[]): Placed[] {
  return parts
    .filter((part) => part.op === 'field')
    .flatMap((part) => [
      { part, elements: [] },
      ...(part.inner ? inElements(part.inner) : []).map((one): Placed => ({
        part: { ...one.part, path: `${part.path}.${one.part.path}` },
        elements: [...one.elements, { of: part, field: one.part.path.split('.', 1)[0] ?? '' }],
      })),
    ]);
}

/** Do both hold in one key of an index on their fields? So it is with two fields of one element. */
export function together(a: Placed, b: Placed): boolean {
  return a.elements.some(({ of, field }) =>
    b.elements.some((other) => other.of === of && other.field !== field),
  );
}
