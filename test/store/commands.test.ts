import { Double, Long, MongoClient, Timestamp, type Db, type Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStore, type RunningStore } from './startStore.ts';

let store: RunningStore;
let client: MongoClient;
let db: Db;

beforeAll(async () => {
  store = await startStore();
  client = await MongoClient.connect(store.uri);
  db = client.db('commands');
});
afterAll(async () => {
  await client.close();
  await store.stop();
});

describe('maxTimeMS', () => {
  const slow = { text: { $regex: '(y+x)|z' } };
  const over = { code: 50, codeName: 'MaxTimeMSExpired' };
  beforeAll(async () => {
    const text = 'y'.repeat(200);
    await db.collection('many').insertMany(Array.from({ length: 30_000 }, (_, n) => ({ n, text })));
  });

  test.each<[string, Document]>([
    ['find', { filter: slow }],
    ['count', { query: slow }],
    ['distinct', { key: 'n', query: slow }],
    ['aggregate', { pipeline: [{ $group: { _id: '$n' } }], cursor: {} }],
    ['update', { updates: [{ q: slow, u: { $set: { hit: 1 } }, multi: true }] }],
    ['update', { updates: [{ q: {}, u: { $set: { hit: 1 } }, multi: true }], ordered: false }],
    ['delete', { deletes: [{ q: slow, limit: 0 }] }],
    ['findAndModify', { query: slow, remove: true }],
    ['createIndexes', { indexes: [{ key: { text: 1 }, name: 'text' }] }],
  ])('ends %s (%j)', async (name, fields) => {
    await expect(db.command({ [name]: 'many', ...fields, maxTimeMS: 1 })).rejects.toMatchObject(over);
    expect(await db.collection('many').countDocuments()).toBe(30_000);
    expect(await db.collection('many').listIndexes().toArray()).toHaveLength(1);
  });
});

describe('what clients ask', () => {
  test('a field of a command that is null says nothing; a count by a negative limit is one by its number', async () => {
    await db.collection('few').insertMany([{ n: 1 }, { n: 2 }, { n: 3 }]);
    const found = await db.command({ find: 'few', filter: null, sort: null, limit: null, singleBatch: null });
    expect((found.cursor as Document).firstBatch).toHaveLength(3);
    expect(await db.command({ count: 'few', query: null, limit: -2 })).toMatchObject({ n: 2 });
    await expect(db.command({ find: 'few', limit: -2 })).rejects.toMatchObject({ code: 51024 });
  });

  test.each<[Document, string, unknown]>([
    [{ buildinfo: 1 }, 'version', '7.0.0'],
    [{ dbstats: 1 }, 'db', 'commands'],
    [{ collstats: 'spelled' }, 'count', 1],
    [{ findandmodify: 'spelled', query: {}, remove: true }, 'value', { _id: 1 }],
    [{ deleteIndexes: 'spelled', index: '*' }, 'nIndexesWas', 1],
  ])('%j is a command by its older name', async (spelled, field, told) => {
    await db.collection<{ _id: number }>('spelled').replaceOne({ _id: 1 }, {}, { upsert: true });
    expect(await db.command(spelled)).toHaveProperty(field, told);
  });

  test('what a restore sends is taken: the index on _id, options nobody knows', async () => {
    await db.command({ create: 'restored', idIndex: { v: 2, key: { _id: 1 }, name: '_id_' } });
    await expect(
      db.command({ create: 'other', idIndex: { v: 2, key: { a: 1 }, name: 'a_1' } }),
    ).rejects.toMatchObject({ code: 2 });
    const indexes = [{ key: { a: 1 }, name: 'a_1', safe: true }];
    await expect(db.command({ createIndexes: 'restored', indexes })).rejects.toMatchObject({ code: 197 });
    await db.command({ createIndexes: 'restored', indexes, ignoreUnknownIndexOptions: true });
    expect(await db.collection('restored').indexes()).toHaveLength(2);
  });

  test('an index is the same whatever its numbers and however it is built; what was said of the building is kept', async () => {
    const make = (index: Document): Promise<Document> =>
      db.command({ createIndexes: 'same', indexes: [{ key: { a: 1 }, name: 'a_1', ...index }] });
    await make({ background: false, dropDups: true, sparse: true, expireAfterSeconds: 5 });
    expect(await db.collection('same').indexes()).toContainEqual({
      v: 2,
      key: { a: 1 },
      name: 'a_1',
      background: false,
      sparse: true,
      expireAfterSeconds: 5,
    });
    const again = { sparse: true, key: { a: new Double(1) }, expireAfterSeconds: Long.fromNumber(5) };
    expect(await make(again)).toMatchObject({ numIndexesAfter: 2, note: 'all indexes already exist' });
    await expect(make({ ...again, expireAfterSeconds: 6 })).rejects.toMatchObject({ code: 85 });
    await expect(make({ ...again, key: { a: -1 } })).rejects.toMatchObject({ code: 86 });
  });

  test('the indexes of one command are made all or none', async () => {
    await db.collection('twice').insertMany([{ a: 1 }, { a: 1 }]);
    const indexes = [
      { key: { b: 1 }, name: 'b_1' },
      { key: { a: 1 }, name: 'a_1', unique: true },
    ];
    await expect(db.command({ createIndexes: 'twice', indexes })).rejects.toMatchObject({ code: 11000 });
    expect(await db.collection('twice').indexes()).toHaveLength(1);
  });

  test('an empty timestamp at the top of a new document or a replacement becomes the time', async () => {
    const stamps = db.collection<{ _id: number; at?: Timestamp; in?: { at: Timestamp } }>('stamps');
    const none = new Timestamp(Long.ZERO);
    await stamps.insertMany([
      { _id: 1, at: none },
      { _id: 2, at: none, in: { at: none } },
    ]);
    await stamps.replaceOne({ _id: 1 }, { at: none });
    const found = await stamps.find().sort({ _id: 1 }).toArray();
    for (const { at } of found) expect(at?.getHighBits()).toBeGreaterThan(1_700_000_000);
    expect(found[0]?.at?.greaterThan(found[1]?.at ?? none)).toBe(true);
    expect(found[1]?.in?.at.isZero()).toBe(true);
    await stamps.updateOne({ _id: 1 }, { $set: { at: none } });
    expect((await stamps.findOne({ _id: 1 }))?.at?.isZero()).toBe(true);
  });

  test('explain counts what a search read, and changes nothing', async () => {
    const rows = db.collection<{ _id: number; kind: string; due: number }>('explained');
    await rows.insertMany(
      Array.from({ length: 100 }, (_, _id) => ({ _id, kind: _id % 4 === 0 ? 'a' : 'b', due: _id })),
    );
    await rows.createIndex({ kind: 1, due: 1 });
    const figures = async (command: Document, verbosity = 'executionStats') =>
      (await db.command({ explain: command, verbosity }))['executionStats'] as Document | undefined;
    const read = (keys: number, documents: number, returned: number) => ({
      executionSuccess: true,
      totalKeysExamined: keys,
      totalDocsExamined: documents,
      nReturned: returned,
    });
    expect(await figures({ find: 'explained', filter: { _id: 7 } })).toMatchObject(read(1, 1, 1));
    expect(await figures({ find: 'explained', filter: { kind: 'a', due: { $lt: 40 } } })).toMatchObject(
      read(10, 10, 10),
    );
    expect(await figures({ find: 'explained', filter: { due: 50 } })).toMatchObject(read(0, 100, 1));
    expect(await figures({ find: 'explained', filter: { kind: 'b' }, limit: 5 })).toMatchObject({
      nReturned: 5,
    });
    const drop = { delete: 'explained', deletes: [{ q: { kind: 'a' }, limit: 0 }] };
    expect(await figures(drop, 'allPlansExecution')).toMatchObject(read(25, 25, 25));
    expect(await rows.countDocuments()).toBe(100);
    expect(await figures({ find: 'nowhere' })).toMatchObject(read(0, 0, 0));
    expect(await figures({ find: 'explained' }, 'queryPlanner')).toBeUndefined();
  });

  test.each<[number, string, Document]>([
    [59, 'of a command that it has not', { renameCollection: 'a.b', to: 'a.c' }],
    [238, 'of a parameter that it has not', { getParameter: '*' }],
    [238, 'to explain what it does not explain', { explain: { insert: 'x', documents: [{}] } }],
    [238, 'to explain with a collation', { explain: { find: 'x', collation: { locale: 'ru' } } }],
    [238, 'to explain a stage it has not', { explain: { aggregate: 'x', pipeline: [{ $out: 'y' }] } }],
    [40324, 'to explain a stage nobody knows', { explain: { aggregate: 'x', pipeline: [{ $nope: 1 }] } }],
    [9, 'to explain writing', { explain: { aggregate: 'x', pipeline: [], writeConcern: { j: true } } }],
    [40415, 'to explain with a field that nobody knows', { explain: { find: 'x', nope: 1 } }],
    [2, 'to explain with figures it does not know', { explain: { find: 'x' }, verbosity: 'all' }],
    [59, 'of a command that nobody knows', { atlasVersion: 1 }],
  ])('refusal %i %s', async (code, _what, command) => {
    await expect(client.db('admin').command(command)).rejects.toMatchObject({ code });
  });

  test('some commands are for the database admin only', async () => {
    await expect(db.command({ listDatabases: 1 })).rejects.toMatchObject({ code: 13 });
    expect(await client.db('admin').command({ listDatabases: 1 })).toMatchObject({ ok: 1 });
  });
});

describe('dropIndexes', () => {
  test('drops an index that is named twice once, and no other', async () => {
    const things = db.collection('indexed');
    await things.createIndexes([{ key: { a: 1 } }, { key: { b: 1 } }]);
    await db.command({ dropIndexes: 'indexed', index: ['a_1', 'a_1'] });
    expect((await things.indexes()).map(({ name }) => name)).toEqual(['_id_', 'b_1']);
  });
});
