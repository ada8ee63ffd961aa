import { compareValues } from '../values/compare.ts';
import { rankOf } from '../values/keyWriter.ts';
import { type Value } from '../values/value.ts';
import { excludesNull } from './plan.ts';
import { conjuncts, type Condition, type Query } from './query.ts';

/**
 * Whether every document that passes all `parts` also passes the filter of a partial index. It knows a value
 * asked for, `$exists`, and the same condition; for any other the index is just not used.
 */
export function implies(parts: readonly Condition[], filter: Query): boolean {
  return conjuncts(filter).every((wanted) =>
    wanted.op === 'or'
      ? wanted.kids.some((kid) => implies(parts, kid))
      : wanted.op === 'field' && parts.some((part) => part.path === wanted.path && stronger(part, wanted)),
  );
}

function stronger(part: Condition, wanted: Condition): boolean {
  if (wanted.name === '$exists') return excludesNull(part);
  const values =
    part.name === '$eq' && part.operand !== undefined
      ? [part.operand]
      : part.name === '$in' && !part.open
        ? part.list
        : undefined;
  if (values) return values.every((value) => value !== null && plain(value) && wanted.test(value));
  return (
    part.name === wanted.name &&
    part.operand !== undefined &&
    wanted.operand !== undefined &&
    compareValues(part.operand, wanted.operand) === 0
  );
}

/** Equality with an array may be met by the array or an element, so it implies nothing here. */
const plain = (value: Value): boolean => rankOf(value) !== 7;
