import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyPlain } from '../../flows/copyPlain.ts';
import { samePlain } from '../../flows/samePlain.ts';

const leaf = fc.constantFrom<unknown>(undefined, null, 0, -0, 1, NaN, '', 'a', false, true);
const { plain } = fc.letrec((tie) => ({
  plain: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('plain'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'length'), tie('plain'), { maxKeys: 2, noNullPrototype: true }),
  ),
}));

test('plain data is the same when Node says so, with fields in any order', () => {
  fc.assert(
    fc.property(plain, plain, (one, other) => {
      expect(samePlain(one, other)).toBe(isDeepStrictEqual(one, other));
      expect(samePlain(one, copyPlain(one))).toBe(true);
    }),
    {
      numRuns: 2000,
      examples: [
        [
          { a: 1, b: [2] },
          { b: [2], a: 1 },
        ],
        [{ a: undefined }, { b: 1 }],
      ],
    },
  );
});

test('a copy shares the fields it is told to, and nothing else', () => {
  const value = { decided: ['a'], applications: [{ decided: ['b'] }] };
  const copy = copyPlain(value, new Set(['decided']));
  expect(copy).toEqual(value);
  expect(copy.decided).toBe(value.decided);
  expect(copy.applications[0]?.decided).not.toBe(value.applications[0]?.decided);
});
