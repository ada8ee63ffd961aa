import {
  Binary,
  BSONRegExp,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
} from 'bson';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBson } from '../../store/values/checkBson.ts';
import { compareValues } from '../../store/values/compare.ts';
import { keyOf } from '../../store/values/keyWriter.ts';
import { type Value } from '../../store/values/value.ts';
import { toDoc } from './plain.ts';

const one = (plain: unknown): Value => toDoc({ v: plain }).get('v') ?? null;

/** In MongoDB's order: https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/ */
const LADDER: unknown[] = [
  new MinKey(),
  null,
  NaN,
  -Infinity,
  Decimal128.fromString('-1E+400'),
  -1e300,
  Long.MIN_VALUE,
  -1.5,
  -1,
  Decimal128.fromString('-1E-400'),
  0,
  Decimal128.fromString('1E-6000'),
  Number.MIN_VALUE,
  0.1,
  Decimal128.fromString('0.1000000000000000055511151231257828'),
  1,
  1.5,
  2 ** 53,
  Long.fromString('9007199254740993'),
  new Double(2 ** 53 + 2),
  Long.MAX_VALUE,
  2 ** 63,
  Decimal128.fromString('1E+400'),
  Infinity,
  '',
  'a',
  'a\0',
  'ab',
  'b',
  'é',
  '\uffee',
  '😀',
  {},
  { a: null },
  { a: 1 },
  { a: 1, b: 1 },
  { b: 1 },
  { a: 'x' },
  [],
  [1],
  [1, 2],
  [2],
  ['a'],
  new Binary(Buffer.from('zz')),
  new Binary(Buffer.from('aaa')),
  new Binary(Buffer.from('aaa'), 4),
  new ObjectId('000000000000000000000001'),
  false,
  true,
  new Date(-5),
  new Date(0),
  new Timestamp({ t: 1, i: 1 }),
  new BSONRegExp('a'),
  new MaxKey(),
];

const scalar = fc.oneof(
  fc.constantFrom(...LADDER),
  fc.integer(),
  fc.double().map((value) => new Double(value)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => Long.fromBigInt(value)),
  fc
    .tuple(fc.integer(), fc.integer({ min: -40, max: 40 }))
    .map(([c, e]) => Decimal128.fromString(`${c}E${e}`)),
  fc.string({ unit: 'binary', maxLength: 4 }).filter((text) => text.isWellFormed()),
  fc.integer().map((value) => new Int32(value)),
);
const anything = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('a', 'b', '1'), scalar, { maxKeys: 3 }),
);

describe('the order of values', () => {
  test('climbs the documented ladder, by comparison and by key bytes', () => {
    const values = LADDER.map(one);
    for (const [n, value] of values.entries()) {
      const next = values[n + 1];
      if (next === undefined) continue;
      expect([n, Math.sign(compareValues(value, next))]).toEqual([n, -1]);
      expect([n, Buffer.compare(keyOf(value), keyOf(next))]).toEqual([n, -1]);
    }
  });

  test('is total, and the same by comparison and by key bytes', () => {
    fc.assert(
      fc.property(anything, anything, anything, (x, y, z) => {
        const [a, b, c] = [one(x), one(y), one(z)];
        const [ab, ba, bc, ac] = [
          compareValues(a, b),
          compareValues(b, a),
          compareValues(b, c),
          compareValues(a, c),
        ].map(Math.sign);
        expect(ab === -(ba ?? 0)).toBe(true);
        if ((ab ?? 0) <= 0 && (bc ?? 0) <= 0) expect(ac).toBeLessThanOrEqual(0);
        expect(Buffer.compare(keyOf(a), keyOf(b))).toBe(ab);
      }),
      { numRuns: 3000 },
    );
  });

  test('gives keys none of which begins another', () => {
    fc.assert(
      fc.property(anything, anything, (x, y) => {
        const [a, b] = [keyOf(one(x)), keyOf(one(y))];
        expect(a.equals(b) || !b.subarray(0, a.length).equals(a)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('bytes from outside', () => {
  test('are accepted when they are BSON and refused, never misread, when a byte is wrong', () => {
    fc.assert(
      fc.property(anything, fc.nat(), fc.integer({ min: 0, max: 255 }), (value, where, byte) => {
        const bytes = Buffer.from(serialize({ value, s: 'text', d: { e: [1, 2n] } }));
        expect(checkBson(bytes, 0, bytes.length)).toBe(bytes.length);
        bytes[where % bytes.length] = byte;
        try {
          checkBson(bytes, 0, bytes.length);
        } catch (error) {
          expect(error).toMatchObject({ code: 22 });
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['value', 'name', 'Имя', 'xxx'])('are refused when text is not UTF-8: %s', (text) => {
    const bytes = Buffer.from(serialize({ name: { list: ['value', 'Имя', 'x'.repeat(300)] } }));
    expect(checkBson(bytes, 0, bytes.length)).toBe(bytes.length);
    bytes[bytes.indexOf(text) + 1] = 0xe9;
    expect(() => checkBson(bytes, 0, bytes.length)).toThrow(expect.objectContaining({ code: 22 }));
  });

  test('nested too deeply are refused', () => {
    let deep: object = {};
    for (let n = 0; n < 300; n += 1) deep = { a: deep };
    const bytes = Buffer.from(serialize(deep));
    expect(() => checkBson(bytes, 0, bytes.length)).toThrow(expect.objectContaining({ code: 22 }));
  });
});
