import { compareValues } from '../values/compare.ts';
import { rankOf } from '../values/keyWriter.ts';
import { type Value } from '../values/value.ts';
import { excludesNull } from './plan.ts';
import { conjuncts, type Condition, type Query } from './query.ts';

/**
 * Whether every document that passes all `parts` also passes the filter of a partial index. It knows the filters
 * people write (equality, ranges, `$exists`, `$type`, `$in`); for any other the index is just not used.
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
  if (
    part.operand === undefined ||
    wanted.operand === undefined ||
    part.operand === null ||
    wanted.operand === null
  )
    return false;
  if (part.name === '$type')
    return wanted.name === '$type' && compareValues(part.operand, wanted.operand) === 0;
  if (wanted.name === '$type' || rankOf(part.operand) !== rankOf(wanted.operand)) return false;
  const side = compareValues(part.operand, wanted.operand);
  if (part.name[1] !== wanted.name[1]) return false;
  if (wanted.name === '$gt') return side > 0 || (side === 0 && part.name === '$gt');
  if (wanted.name === '$gte') return side >= 0;
  if (wanted.name === '$lt') return side < 0 || (side === 0 && part.name === '$lt');
  return wanted.name === '$lte' && side <= 0;
}

/** Equality with an array may be met by the array or an element, so it implies nothing here. */
const plain = (value: Value): boolean => rankOf(value) !== 7;
