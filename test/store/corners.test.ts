import { Double, Long, MongoClient, type Db, type Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStore, type RunningStore } from './startStore.ts';

let store: RunningStore;
let client: MongoClient;
let db: Db;
let made = 0;

beforeAll(async () => {
  store = await startStore();
  client = await MongoClient.connect(store.uri);
  db = client.db('corners');
});
afterAll(async () => {
  await client.close();
  await store.stop();
});

const MANUAL = 'https://www.mongodb.com/docs/manual/';

/** What it shows, the page of the manual, documents, a command to their collection, the first batch or what the answer holds. */
type Corner = [string, string, Document[], (c: string) => Document, Document[] | Document];

const find =
  (filter: Document, fields: Document) =>
  (c: string): Document => ({ find: c, filter, ...fields });
const project =
  (shape: Document) =>
  (c: string): Document => ({ aggregate: c, pipeline: [{ $project: shape }], cursor: {} });
const TWO = [
  { _id: 1, n: 2, a: [1, 5] },
  { _id: 2, n: 1, a: [5, 1] },
];

const CORNERS: Corner[] = [
  [
    'the positional $ is found for each document, sorted in memory',
    'reference/operator/projection/positional/',
    TWO,
    find({ a: 5 }, { sort: { n: 1 }, projection: { 'a.$': 1 } }),
    TWO.toReversed().map(({ _id }) => ({ _id, a: [5] })),
  ],
  [
    'a sorted findAndModify changes the element that matched',
    'reference/operator/update/positional/',
    TWO,
    (c) => ({ findAndModify: c, query: { a: 5 }, sort: { n: 1 }, update: { $set: { 'a.$': 7 } }, new: true }),
    { value: { _id: 2, n: 1, a: [7, 1] } },
  ],
  [
    'a part of _id alone',
    'reference/method/db.collection.find/#projection',
    [{ _id: { a: 1, b: 2 }, c: 3 }],
    find({}, { projection: { '_id.a': 1 } }),
    [{ _id: { a: 1 } }],
  ],
  [
    'a remainder by a whole double is whole',
    'reference/operator/aggregation/mod/',
    [{ _id: 1, n: Long.fromNumber(7) }],
    project({ type: { $type: { $mod: ['$n', new Double(4)] } } }),
    [{ _id: 1, type: 'long' }],
  ],
  [
    'a computed _id that is missing leaves none',
    'reference/operator/aggregation/project/',
    [{ _id: 1, a: 1 }],
    project({ _id: '$no', a: 1 }),
    [{ a: 1 }],
  ],
  [
    'a path goes into the documents of an array, not of arrays in it',
    'core/field-paths/',
    [{ _id: 1, a: [[{ b: 1 }], { b: 2 }] }],
    project({ b: '$a.b' }),
    [{ _id: 1, b: [2] }],
  ],
  [
    'what stands behind a null is not looked at',
    'reference/operator/aggregation/concat/',
    [{ a: [1] }],
    project({ a: { $ifNull: [null, { $concat: [null, 1] }, 'null first'] } }),
    [{ _id: expect.anything(), a: 'null first' }],
  ],
  [
    'a field set inside of what is no document takes its place, and a missing value leaves an empty one',
    'reference/operator/aggregation/addFields/',
    [{ _id: 1, a: 5 }],
    (c) => ({ aggregate: c, pipeline: [{ $addFields: { 'a.b': 1, 'c.d': '$no' } }], cursor: {} }),
    [{ _id: 1, a: { b: 1 }, c: {} }],
  ],
  [
    'a lookup takes each element for a value, an empty array for null',
    'reference/operator/aggregation/lookup/#use--lookup-with-an-array',
    [
      { _id: 1, a: [{ b: [1, 2] }] },
      { _id: 2, a: [] },
      { _id: 3, x: 2 },
    ],
    (c) => ({
      aggregate: c,
      pipeline: [
        { $lookup: { from: c, localField: 'a.b', foreignField: 'x', as: 'found' } },
        { $project: { found: '$found._id' } },
      ],
      cursor: {},
    }),
    [
      { _id: 1, found: [3] },
      { _id: 2, found: [1, 2] },
      { _id: 3, found: [1, 2] },
    ],
  ],
  [
    'an upsert does not make another _id than it looked for',
    'reference/method/db.collection.updateOne/#upsert-with-dotted-_id-query',
    [{ _id: 1 }],
    (c) => ({
      update: c,
      updates: [
        { q: { '_id.a': 1 }, u: { b: 1 }, upsert: true },
        { q: { '_id.a': 1 }, u: { $setOnInsert: { '_id.b': 1 } }, upsert: true },
      ],
      ordered: false,
    }),
    { writeErrors: [{ code: 111 }, { code: 66 }] },
  ],
  [
    'a write that fails counts nothing',
    'reference/command/update/#output',
    [{ a: Long.MAX_VALUE }],
    (c) => ({ update: c, updates: [{ q: {}, u: { $inc: { a: 1 } } }] }),
    { n: 0, nModified: 0 },
  ],
];

describe('corners', () => {
  for (const [what, page, docs, command, gives] of CORNERS) {
    test(`${what} (${MANUAL}${page})`, async () => {
      made += 1;
      await db.collection(`c${made}`).insertMany(docs);
      const answer = await db.command(command(`c${made}`));
      if (Array.isArray(gives)) expect(answer.cursor.firstBatch).toEqual(gives);
      else expect(answer).toMatchObject(gives);
    });
  }

  test(`$elemMatch comes behind the fields that are kept (${MANUAL}reference/operator/projection/elemMatch/)`, async () => {
    await db.collection('order').insertOne({ a: [{ n: 1 }], b: 2 });
    const projection = { _id: 0, a: { $elemMatch: { n: 1 } }, b: 1 };
    const [found] = await db.collection('order').find({}, { projection }).toArray();
    expect(Object.keys(found ?? {})).toEqual(['b', 'a']);
  });

  test(`a sparse index leaves out what has an empty array on the way (${MANUAL}core/index-sparse/)`, async () => {
    await db.collection('on').createIndex({ 'a.b': 1 }, { sparse: true, unique: true });
    await db.collection('on').insertMany([{ a: [] }, { a: [] }]);
    expect(await db.collection('on').countDocuments()).toBe(2);
  });

  test(`a database that differs from another in case alone (${MANUAL}reference/limits/#naming-restrictions)`, async () => {
    await db.collection('any').insertOne({});
    await expect(client.db('Corners').collection('any').insertOne({})).rejects.toMatchObject({ code: 13297 });
  });

  test(`64 indexes and no more (${MANUAL}reference/limits/#indexes)`, async () => {
    const index = (n: number): { key: Document } => ({ key: { [`f${n}`]: 1 } });
    await db.collection('many').createIndexes(Array.from({ length: 63 }, (_, n) => index(n)));
    await expect(db.collection('many').createIndexes([index(63)])).rejects.toMatchObject({ code: 67 });
  });
});
