import { clock } from '../clock.ts';
import { notDone, StoreError } from '../storeError.ts';
import { date } from '../values/build.ts';
import { compareValues } from '../values/compare.ts';
import { isNumber } from '../values/numbers.ts';
import { copyValue, Doc, type Value } from '../values/value.ts';
import { arithmetic } from './arithmetic.ts';
import { addToSet, pop, pull, pullAll, push } from './arrayOperators.ts';
import { type Change } from './changePath.ts';
import { timestamp } from './stamped.ts';

/** What an update does at one path. */
export interface Step {
  path: string[];
  operator: string;
  change: Change;
  /** Whether it makes the documents on its way that are missing. */
  create: boolean;
  /** Whether it only puts elements behind those of an array; they are then told one by one. */
  appends?: boolean;
  /** Of `$rename`: the path it takes the value from. */
  from?: string[];
}

type Operator = (path: string, operand: Value) => Change;

const set: Operator = (_path, operand) => () => copyValue(operand);

const counted =
  (name: '$inc' | '$mul', verb: string): Operator =>
  (path, operand) => {
    if (!isNumber(operand))
      throw new StoreError(14, `Cannot ${verb} with non-numeric argument: {${path}: …}`);
    return (old) => {
      if (old === undefined) return name === '$inc' ? operand : arithmetic('$mul', 0, operand);
      if (isNumber(old)) return arithmetic(name, old, operand);
      const why = `The field '${path}' has a non-numeric type`;
      throw new StoreError(14, `Cannot apply ${name} to a value of non-numeric type. ${why}`);
    };
  };

/** The operand where it is less (a sign of 1) or greater (-1) than what is there. */
const bounded =
  (sign: number): Operator =>
  (_path, operand) =>
  (old) =>
    old === undefined || sign * compareValues(operand, old) < 0 ? operand : old;

const currentDate: Operator = (path, operand) => {
  if (typeof operand === 'boolean') return () => date(clock.now());
  const type = operand instanceof Doc && operand.fields.size === 1 ? operand.get('$type') : undefined;
  if (type === 'date') return () => date(clock.now());
  if (type !== 'timestamp')
    throw new StoreError(
      2,
      `$currentDate of '${path}' must be true, {$type: 'date'} or {$type: 'timestamp'}`,
    );
  return timestamp;
};

/** Operators that make what is missing on their way. */
const MAKING: Record<string, Operator> = {
  $set: set,
  $setOnInsert: set,
  $inc: counted('$inc', 'increment'),
  $mul: counted('$mul', 'multiply'),
  $min: bounded(1),
  $max: bounded(-1),
  $currentDate: currentDate,
  $push: push,
  $addToSet: addToSet,
};

/** Operators that do nothing where nothing is. */
const TAKING: Record<string, Operator> = {
  $unset: () => () => undefined,
  $pull: pull,
  $pullAll: pullAll,
  $pop: pop,
};

/** What one operator of an update does. @throws StoreError 9 for an operator nobody knows, 238 for `$bit` */
export function stepsOf(operator: string, fields: Value): Step[] {
  if (operator === '$bit') throw notDone('$bit');
  const create = Object.hasOwn(MAKING, operator);
  const known = create ? MAKING[operator] : Object.hasOwn(TAKING, operator) ? TAKING[operator] : undefined;
  if (!known && operator !== '$rename')
    throw new StoreError(
      9,
      `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  if (!(fields instanceof Doc))
    throw new StoreError(
      9,
      `Modifiers operate on fields but we found another type instead. For example: {$mod: {<field>: ...}} not {${operator}: …}`,
    );
  return [...fields.fields].map(([path, operand]) => {
    const parts = pathOf(path);
    if (!known) return renamed(path, parts, operand);
    const change = known(path, operand);
    return { path: parts, operator, change, create, appends: appends(operator, operand) };
  });
}

function renamed(path: string, from: string[], operand: Value): Step {
  if (typeof operand !== 'string') throw new StoreError(2, `The 'to' field for $rename must be a string`);
  const to = pathOf(operand);
  if ([...from, ...to].some(isDynamic))
    throw new StoreError(2, `The source and target field for $rename must not be dynamic: ${path}`);
  return { path: to, from, operator: '$rename', change: (old) => old, create: true };
}

const REORDERING = ['$position', '$sort', '$slice'];

const appends = (operator: string, operand: Value): boolean =>
  operator === '$addToSet' ||
  (operator === '$push' &&
    !(operand instanceof Doc && REORDERING.some((name) => operand.get(name) !== undefined)));

/** Whether a part of a path is `$`, `$[]` or `$[id]`; any other name may begin with a dollar. */
export const isDynamic = (part: string): boolean => /^\$(\[.*\])?$/.test(part);

function pathOf(path: string): string[] {
  const parts = path.split('.');
  if (parts.includes(''))
    throw new StoreError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  const dynamic = parts.filter(isDynamic);
  if (dynamic.length > 0 && parts[0] === dynamic[0])
    throw new StoreError(
      2,
      `Cannot have positional (i.e. '$') element in the first position in path '${path}'`,
    );
  if (dynamic.filter((part) => part === '$').length > 1)
    throw new StoreError(2, `Too many positional (i.e. '$') elements found in path '${path}'`);
  const name = dynamic.find((part) => !/^\$(\[([a-z][a-zA-Z0-9]*)?\])?$/.test(part));
  if (name !== undefined)
    throw new StoreError(
      2,
      `Error parsing array filter: the identifier in '${name}' must begin with a lowercase letter`,
    );
  return parts;
}
