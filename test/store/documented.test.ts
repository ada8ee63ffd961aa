import { MongoClient, type Db, type Document } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startStore, type RunningStore } from './startStore.ts';

let store: RunningStore;
let client: MongoClient;
let db: Db;
let name: string;
let made = 0;

beforeAll(async () => {
  store = await startStore();
  client = await MongoClient.connect(store.uri);
  db = client.db('documented');
});
beforeEach(() => {
  made += 1;
  name = `c${made}`;
});
afterAll(async () => {
  await client.close();
  await store.stop();
});

const MANUAL = 'https://www.mongodb.com/docs/manual/';

/** What it shows, the page of the manual, documents, pipeline, result. */
const PIPELINES: [string, string, Document[], Document[], Document[]][] = [
  [
    'sums carry the error of each addition',
    'reference/operator/aggregation/sum/',
    Array.from({ length: 10 }, () => ({ n: 0.1 })),
    [{ $group: { _id: null, sum: { $sum: '$n' }, avg: { $avg: '$n' } } }],
    [{ _id: null, sum: 1, avg: 0.1 }],
  ],
  [
    'additions too',
    'reference/operator/aggregation/add/',
    [{ _id: 1 }],
    [{ $project: { sum: { $add: [0.1, 0.2, 0.3] } } }],
    [{ _id: 1, sum: 0.6 }],
  ],
  [
    'what is no number adds nothing to a sum',
    'reference/operator/aggregation/sum/#non-numeric-or-non-existent-fields',
    [{ n: 1 }, { n: 'x' }, {}, { n: [5] }],
    [{ $group: { _id: null, sum: { $sum: '$n' } } }],
    [{ _id: null, sum: 1 }],
  ],
  [
    'an empty array stands below null and what is missing',
    'reference/bson-type-comparison-order/#arrays',
    [{ _id: 1, a: null }, { _id: 2, a: [] }, { _id: 3 }, { _id: 4, a: [5, 1] }],
    [{ $sort: { a: 1 } }, { $project: { a: 0 } }],
    [{ _id: 2 }, { _id: 1 }, { _id: 3 }, { _id: 4 }],
  ],
];

describe('aggregation gives the documented results', () => {
  for (const [what, page, docs, pipeline, result] of PIPELINES) {
    test(`${what} (${MANUAL}${page})`, async () => {
      await db.collection(name).insertMany(docs);
      expect(await db.collection(name).aggregate(pipeline).toArray()).toEqual(result);
    });
  }
});

describe('commands', () => {
  test(`an empty array is another key than null (${MANUAL}core/indexes/index-types/index-multikey/)`, async () => {
    await db.collection(name).createIndex({ a: 1 }, { unique: true });
    await db.collection(name).insertMany([{ a: null }, { a: [] }]);
    await expect(db.collection(name).insertOne({})).rejects.toMatchObject({ code: 11000 });
    expect(await db.collection(name).countDocuments({ a: null })).toBe(1);
  });

  test('scales what it counts in bytes', async () => {
    await db.collection(name).insertOne({ text: 'x'.repeat(4096) });
    const [whole, scaled] = await Promise.all(
      [1, 1024].map((scale) => db.command({ collStats: name, scale })),
    );
    expect(scaled?.size).toBe(Math.floor(whole?.size / 1024));
  });
});

/** What is refused though it could be overlooked: command, MongoDB's number. */
const REFUSED: [Document, number][] = [
  [{ find: 'none', filter: { a: 1 }, projection: { 'a.$': 1, 'b.$': 1 } }, 31276],
  [{ find: 'none', filter: { a: 1 }, projection: { 'a.$': 1, b: { $elemMatch: { c: 1 } } } }, 31255],
  [{ find: 'none', filter: { a: 1 }, projection: { 'a.$': { $slice: 1 } } }, 31271],
  [{ find: 'none', sort: { 'a.': 1 } }, 2],
  [{ findAndModify: 'none', remove: true, arrayFilters: [{ x: 1 }] }, 9],
  [{ aggregate: 'none', pipeline: [{ $group: { _id: 1, $n: { $sum: 1 } } }], cursor: {} }, 40236],
  [{ aggregate: 'none', pipeline: [{ $project: { a: { $add: [1] }, 'a.b': 1 } }], cursor: {} }, 31249],
  [{ aggregate: 'none', pipeline: [{ $set: { 'a.$b': 1 } }], cursor: {} }, 16410],
  [{ aggregate: 'none', pipeline: [{ $sort: {} }], cursor: {} }, 15976],
  [{ aggregate: 'none', pipeline: [], cursor: { size: 1 } }, 40415],
  [{ aggregate: 'none', pipeline: [{ $unset: [] }], cursor: {} }, 31119],
  [{ aggregate: 'none', pipeline: [{ $replaceRoot: { newRoot: '$a', more: 1 } }], cursor: {} }, 40415],
  [{ aggregate: 'none', pipeline: [{ $replaceRoot: {} }], cursor: {} }, 40231],
  [
    {
      aggregate: 'none',
      pipeline: [{ $lookup: { from: 'a', localField: 'b', foreignField: 'c', as: 'd', more: 1 } }],
      cursor: {},
    },
    9,
  ],
  [{ createIndexes: 'none', indexes: [{ key: { a: 1 }, name: 'a', unique: 'yes' }] }, 14],
  [{ aggregate: 'none', pipeline: [{ $sortByCount: 'a' }], cursor: {} }, 40148],
  [
    {
      aggregate: 'none',
      pipeline: [{ $unwind: { path: '$a', preserveNullAndEmptyArrays: 1 } }],
      cursor: {},
    },
    28809,
  ],
  [{ find: 'none', writeConcern: { w: 1 } }, 72],
  [{ count: '' }, 73],
  [{ find: 'none', maxTimeMS: 2 ** 31 }, 2],
  [{ find: 'none', hint: '_id_' }, 238],
  [{ find: 'none', tailable: true }, 238],
  [{ update: 'none', updates: [{ q: {}, u: {}, hint: '_id_' }] }, 238],
  [{ delete: 'none', deletes: [{ q: {}, limit: 0, collation: { locale: 'ru' } }] }, 238],
  [{ find: 'none', sort: { $natural: 1 } }, 238],
  [{ ping: 1, autocommit: false }, 238],
  [{ find: 'none', readConcern: { level: 'local', afterOpTime: {} } }, 238],
  [{ createIndexes: 'none', indexes: [{ key: { a: 1 }, name: '*' }] }, 2],
  [{ distinct: 'none', key: 'a\0b' }, 31032],
  [
    { findAndModify: 'none', query: { a: 1 }, update: { $set: { b: 1 } }, fields: { 'a.$': 1 }, new: true },
    2,
  ],
  [{ aggregate: 'none', pipeline: [{ $group: { _id: 1, n: { $push: ['$a', '$b'] } } }], cursor: {} }, 40237],
  [{ aggregate: 'none', pipeline: [{ $group: { _id: { 'a.b': '$a' } } }], cursor: {} }, 16412],
  [{ aggregate: 'none', pipeline: [{ $project: { n: '$a.$b' } }], cursor: {} }, 16410],
  [{ createIndexes: 'none', indexes: [{ key: { _id: 1 }, name: '_id_', unique: true }] }, 197],
  [{ createIndexes: 'none', indexes: [{ key: { a: 1 }, name: '_id_' }] }, 2],
  [{ createIndexes: 'none', indexes: [{ key: { a: 1 }, name: 'a', what: 1 }] }, 197],
  [{ createIndexes: 'none', indexes: [{ key: { a: 1 }, name: '' }] }, 67],
  [{ createIndexes: 'none', indexes: [{ key: { a: 1 }, name: 'a', v: 0 }] }, 67],
  [{ create: 'made', idIndex: { key: { _id: 1 }, name: '_id_', sparse: true } }, 197],
  [{ aggregate: 'none', pipeline: [{ $project: { a: '$$nobody' } }], cursor: {} }, 17276],
  [{ aggregate: 'none', pipeline: [{ $group: { _id: 1, n: { $count: 5 } } }], cursor: {} }, 9],
  [{ find: 'none', filter: { $expr: { $eq: ['$a', '$b'] } } }, 238],
  [{ find: 'none', filter: { a: { $elemMatch: { $expr: true } } } }, 238],
  [{ find: 'none', projection: { a: { $add: [1, 2] } } }, 238],
  [{ find: 'none', projection: { a: '$b' } }, 238],
  [{ findAndModify: 'none', update: [{ $set: { a: 1 } }] }, 238],
  [{ find: 'none', readConcern: { level: 'nope' } }, 2],
  [{ ping: 1, apiVersion: '1' }, 238],
  [{ create: 'none', size: 5 }, 72],
  [{ create: 'none', pipeline: [] }, 72],
  [{ create: 'none', validationLevel: 'off' }, 238],
  [
    {
      createIndexes: 'none',
      indexes: [{ key: { a: 1 }, name: 'a', partialFilterExpression: { a: { $ne: 1 } } }],
    },
    67,
  ],
  [{ createIndexes: 'none', indexes: [{ key: { a: 1 }, name: 'a', expireAfterSeconds: 2 ** 31 }] }, 67],
  [{ collStats: 'none', scale: 0 }, 51024],
];

describe('commands refuse', () => {
  for (const [command, code] of REFUSED) {
    test(`${JSON.stringify(command)} with ${code}`, async () => {
      await expect(db.command(command)).rejects.toMatchObject({ code });
    });
  }

  test('a sort by two arrays of one document', async () => {
    await db.collection(name).insertOne({ a: [1], b: [1] });
    await expect(db.collection(name).find().sort({ a: 1, b: 1 }).toArray()).rejects.toMatchObject({
      code: 2,
    });
  });
});
