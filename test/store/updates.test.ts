import { Double, Int32, Long, type Document } from 'bson';
import { describe, expect, test } from 'vitest';
import { compileQuery } from '../../store/queries/compileQuery.ts';
import { matches, type Query } from '../../store/queries/query.ts';
import { type Match } from '../../store/queries/somePath.ts';
import { compileUpdate } from '../../store/updates/compileUpdate.ts';
import { Arr } from '../../store/values/value.ts';
import { fromDoc, toDoc } from './plain.ts';

interface Case {
  from: Document;
  update: Document;
  to: Document;
  query?: Document;
  filters?: Document[];
  insert?: boolean;
}

function run({ from, update, query, filters, insert }: Omit<Case, 'to'>): Document {
  const doc = toDoc(from);
  const match: Match = {};
  const compiled: Query = compileQuery(toDoc(query ?? {}));
  matches(compiled, doc, match);
  compileUpdate(toDoc(update), filters && new Arr(filters.map(toDoc))).apply(doc, {
    index: match.index,
    insert: insert ?? false,
  });
  return fromDoc(doc);
}

/** https://www.mongodb.com/docs/manual/reference/mql/update/ */
const TABLE: Case[] = [
  { from: { a: 1 }, update: { $set: { b: 2, a: 3 } }, to: { a: 3, b: 2 } },
  { from: {}, update: { $set: { 'b.c': 1, 'a.1': 2, 'a.0': 1 } }, to: { a: { 0: 1, 1: 2 }, b: { c: 1 } } },
  { from: { a: [1] }, update: { $set: { 'a.3': 4 } }, to: { a: [1, null, null, 4] } },
  { from: { a: 1, b: [1, 2] }, update: { $unset: { a: '', 'b.0': '', 'c.d': '' } }, to: { b: [null, 2] } },
  { from: { a: 1 }, update: { $inc: { a: 2, b: 5 } }, to: { a: 3, b: 5 } },
  { from: { a: 2 }, update: { $mul: { a: 1.5, b: 3 } }, to: { a: 3, b: 0 } },
  { from: { a: 5, b: 5 }, update: { $min: { a: 3, b: 9, c: 1 } }, to: { a: 3, b: 5, c: 1 } },
  { from: { a: 5, b: 'x' }, update: { $max: { a: 9, b: 3 } }, to: { a: 9, b: 'x' } },
  { from: { a: 1, b: 2 }, update: { $rename: { a: 'c.d' } }, to: { b: 2, c: { d: 1 } } },
  { from: { a: 1 }, update: { $rename: { x: 'a' } }, to: { a: 1 } },
  { from: { a: 1 }, update: { $setOnInsert: { b: 1 } }, to: { a: 1 } },
  {
    from: { a: 1 },
    update: { $setOnInsert: { b: 1 }, $set: { c: 1 } },
    insert: true,
    to: { a: 1, b: 1, c: 1 },
  },
  { from: {}, update: { $push: { a: 1 } }, to: { a: [1] } },
  { from: { a: [1] }, update: { $push: { a: [2] } }, to: { a: [1, [2]] } },
  {
    from: { a: [3, 1] },
    update: { $push: { a: { $each: [2, 5], $sort: 1, $slice: -3 } } },
    to: { a: [2, 3, 5] },
  },
  { from: { a: [1, 2] }, update: { $push: { a: { $each: [9], $position: 1 } } }, to: { a: [1, 9, 2] } },
  { from: { a: [1, 2] }, update: { $push: { a: { $each: [9], $position: -1 } } }, to: { a: [1, 9, 2] } },
  {
    from: { a: [{ s: 2 }, { s: 1 }] },
    update: { $push: { a: { $each: [{ s: 3 }], $sort: { s: -1 }, $slice: 2 } } },
    to: { a: [{ s: 3 }, { s: 2 }] },
  },
  { from: { a: [1] }, update: { $addToSet: { a: { $each: [1, 2, 2] } } }, to: { a: [1, 2] } },
  {
    from: { a: [{ b: 1, c: 2 }] },
    update: { $addToSet: { a: { c: 2, b: 1 } } },
    to: {
      a: [
        { b: 1, c: 2 },
        { c: 2, b: 1 },
      ],
    },
  },
  { from: { a: [1, 5, 9] }, update: { $pull: { a: { $gte: 5 } } }, to: { a: [1] } },
  { from: { a: [{ b: 1, c: 1 }, { b: 2 }] }, update: { $pull: { a: { b: 1 } } }, to: { a: [{ b: 2 }] } },
  { from: { a: ['x', 'y'] }, update: { $pull: { a: { $in: ['x'] }, z: 1 } }, to: { a: ['y'] } },
  { from: { a: [1, 2, 1] }, update: { $pullAll: { a: [1] } }, to: { a: [2] } },
  { from: { a: [1, 2, 3], b: [1, 2] }, update: { $pop: { a: 1, b: -1 } }, to: { a: [1, 2], b: [2] } },
  {
    from: { a: [{ b: 1 }, { b: 2, n: 0 }] },
    query: { 'a.b': 2 },
    update: { $set: { 'a.$.n': 7, 'a.$.m': 8 } },
    to: { a: [{ b: 1 }, { b: 2, n: 7, m: 8 }] },
  },
  {
    from: {
      a: [
        { b: 1, c: 9 },
        { b: 1, c: 3 },
      ],
    },
    query: { a: { $elemMatch: { b: 1, c: 3 } } },
    update: { $inc: { 'a.$.c': 1 } },
    to: {
      a: [
        { b: 1, c: 9 },
        { b: 1, c: 4 },
      ],
    },
  },
  { from: { a: [1, 2] }, update: { $inc: { 'a.$[]': 10 } }, to: { a: [11, 12] } },
  {
    from: { a: [{ x: 1 }, { x: 5 }] },
    filters: [{ 'e.x': { $gte: 5 } }],
    update: { $set: { 'a.$[e].y': 1 } },
    to: { a: [{ x: 1 }, { x: 5, y: 1 }] },
  },
  {
    from: { a: [1, 6, 9] },
    filters: [{ $or: [{ e: 1 }, { e: { $gt: 8 } }] }],
    update: { $set: { 'a.$[e]': 0 } },
    to: { a: [0, 6, 0] },
  },
  { from: { _id: 1, a: 1 }, update: { b: 2 }, to: { _id: 1, b: 2 } },
  // https://www.mongodb.com/docs/manual/reference/operator/update/pull/ : conditions on documents may be joined
  {
    from: { a: [{ x: 1 }, { y: 2 }, { x: 3 }] },
    update: { $pull: { a: { $or: [{ x: 1 }, { y: 2 }] } } },
    to: { a: [{ x: 3 }] },
  },
  // https://www.mongodb.com/docs/manual/core/dot-dollar-considerations/dollar-prefix/
  { from: { a: {} }, update: { $set: { 'a.$b': 1, 'a.$*.c': 2 } }, to: { a: { '$*': { c: 2 }, $b: 1 } } },
  { from: {}, update: { $set: { $a: 1 } }, insert: true, to: { $a: 1 } },
];

describe('updates give the documented results', () => {
  for (const one of TABLE) {
    test(`${JSON.stringify(one.from)} by ${JSON.stringify(one.update)}`, () => {
      expect(JSON.stringify(run(one))).toBe(JSON.stringify(one.to));
    });
  }

  test('number types: int32 widens to int64, a double makes a double', () => {
    const type = (from: Document, by: unknown): number => {
      const doc = toDoc({ a: from.a });
      compileUpdate(toDoc({ $inc: { a: by } })).apply(doc, { insert: false });
      return doc.bytes === undefined
        ? (Buffer.from(JSON.stringify(fromDoc(doc))), typeByte(doc.get('a')))
        : -1;
    };
    const typeByte = (value: unknown): number =>
      typeof value === 'number' ? 16 : typeof value === 'bigint' ? 18 : 1;
    expect(type({ a: new Int32(1) }, new Int32(1))).toBe(16);
    expect(type({ a: new Int32(2147483647) }, new Int32(1))).toBe(18);
    expect(type({ a: Long.fromNumber(1) }, new Int32(1))).toBe(18);
    expect(type({ a: new Int32(1) }, new Double(1))).toBe(1);
  });
});

/** Updates that are refused, with MongoDB's number. */
const REFUSED: [Omit<Case, 'to'>, number][] = [
  [{ from: {}, update: { $push: { a: { b: 1, $each: [1] } } } }, 2],
  [{ from: {}, update: { $currentDate: { a: { $type: true } } } }, 2],
  [{ from: { a: { b: 1 } }, update: { $pop: { 'a.b.c': 1 } } }, 28],
  [{ from: {}, update: { $push: { a: { $each: [], $sort: {} } } } }, 2],
  [{ from: { a: 'x' }, update: { $inc: { a: 1 } } }, 14],
  [{ from: { a: 1 }, update: { $inc: { a: 'x' } } }, 14],
  [{ from: { a: 1 }, update: { $set: { 'a.b': 1 } } }, 28],
  [{ from: {}, update: { $set: { a: 1, 'a.b': 2 } } }, 40],
  [{ from: {}, update: { $set: { a: 1 }, $inc: { a: 2 } } }, 40],
  [{ from: {}, update: { $foo: { a: 1 } } }, 9],
  [{ from: {}, update: { $set: 1 } }, 9],
  [{ from: { a: 1 }, update: { $push: { a: 1 } } }, 2],
  [{ from: { a: [1] }, update: { $set: { 'a.$': 2 } } }, 2],
  [{ from: { a: [1] }, update: { $set: { 'a.$[x]': 2 } } }, 2],
  [{ from: {}, update: { $set: { $a: 1 } } }, 52],
  [{ from: {}, update: { $set: { '$[].a': 1 } } }, 2],
  [{ from: {}, update: { $set: { 'a.$.b.$': 1 } } }, 2],
  [{ from: {}, update: { $set: { 'a.$[X]': 1 } } }, 2],
  [{ from: { a: [1] }, update: { $set: { a: 2 } }, filters: [{ x: 1 }] }, 9],
  [{ from: {}, update: { $set: { 'a..b': 1 } } }, 56],
  [{ from: { a: Long.MAX_VALUE }, update: { $inc: { a: 1 } } }, 2],
  [{ from: { a: 1 }, update: { $bit: { a: { and: 1 } } } }, 238],
];

describe('updates refuse', () => {
  for (const [given, code] of REFUSED) {
    test(`${JSON.stringify(given.update)} on ${JSON.stringify(given.from)} with ${code}`, () => {
      expect(() => run(given)).toThrow(expect.objectContaining({ code }));
    });
  }
});
