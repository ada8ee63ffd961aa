import { TYPE, typeOf, type Value } from './value.ts';

const OTHER: Record<string, string> = {
  binary: 'binData',
  code: 'javascript',
  codeWithScope: 'javascriptWithScope',
};

/** BSON's type bytes by MongoDB's names: https://www.mongodb.com/docs/manual/reference/bson-types/ */
export const TYPE_OF_NAME = new Map<string, number>(
  Object.entries(TYPE).map(([name, type]) => [OTHER[name] ?? name, type]),
);

const NAME_OF_TYPE = new Map([...TYPE_OF_NAME].map(([name, type]) => [type, name]));

/** MongoDB's name of a value's type, for example `objectId`. */
export const typeName = (value: Value): string => NAME_OF_TYPE.get(typeOf(value)) ?? '';
