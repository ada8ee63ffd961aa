import { existsSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Binary, Double, Long, MongoClient, type Db } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendCommand } from './sendCommand.ts';
import { startStore, type RunningStore } from './startStore.ts';

let store: RunningStore;
let client: MongoClient;
let db: Db;

beforeAll(async () => {
  store = await startStore();
  client = await MongoClient.connect(store.uri);
  db = client.db('test');
});
afterAll(async () => {
  await client.close();
  await store.stop();
});

describe('the server', () => {
  test('keeps values through the wire: types, order of fields, large numbers', async () => {
    const document = {
      _id: 'v',
      2: 'two',
      1: 'one',
      d: new Double(1),
      l: Long.fromString('9007199254740993'),
      b: new Binary(Buffer.from('x'), 4),
      n: null,
    };
    await db.collection<{ _id: string }>('values').insertOne(document);
    const found = await db.collection('values').findOne({ n: null }, { promoteValues: false });
    expect(found?.d).toBeInstanceOf(Double);
    expect(found?.l.toString()).toBe('9007199254740993');
    expect(found?.b).toEqual(document.b);
  });

  test('answers a duplicate with its key pattern and value', async () => {
    const users = db.collection('users');
    await users.createIndex({ mail: 1 }, { unique: true });
    await users.insertOne({ mail: 'a@b' });
    await expect(users.insertOne({ mail: 'a@b' })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { mail: 1 },
      keyValue: { mail: 'a@b' },
    });
    await expect(
      users.updateOne({ mail: 'new' }, { $set: { mail: 'a@b' } }, { upsert: true }),
    ).rejects.toMatchObject({ code: 11000 });
    expect(await users.countDocuments()).toBe(1);
  });

  test('goes on behind a refused write only when the batch is unordered', async () => {
    const batch = db.collection<{ _id: number }>('batch');
    const documents = [{ _id: 1 }, { _id: 1 }, { _id: 2 }];
    await expect(batch.insertMany(documents)).rejects.toMatchObject({ insertedCount: 1 });
    await expect(batch.insertMany([{ _id: 1 }, { _id: 3 }], { ordered: false })).rejects.toMatchObject({
      insertedCount: 1,
    });
    expect(await batch.distinct('_id')).toEqual([1, 3]);
  });

  test('makes the document of an upsert from query and update', async () => {
    const made = await db
      .collection('ups')
      .findOneAndUpdate(
        { a: 1, b: { $gt: 5 }, 'c.d': 2 },
        { $set: { e: 3 }, $setOnInsert: { f: 4 } },
        { upsert: true, returnDocument: 'after', projection: { _id: 0 } },
      );
    expect(made).toEqual({ a: 1, c: { d: 2 }, e: 3, f: 4 });
  });

  test('changes no _id', async () => {
    await db.collection<{ _id: number }>('ids').insertOne({ _id: 1 });
    await expect(db.collection('ids').updateOne({}, { $set: { _id: 2 } })).rejects.toMatchObject({
      code: 66,
    });
  });

  test('serves a cursor in batches, and ends it when asked', async () => {
    const many = db.collection('many');
    await many.insertMany(Array.from({ length: 500 }, (_, n) => ({ n })));
    const cursor = many.find().sort({ n: -1 }).batchSize(100);
    expect((await cursor.toArray()).map(({ n }) => n)).toEqual(
      Array.from({ length: 500 }, (_, n) => 499 - n),
    );
    const open = await db.command({ find: 'many', batchSize: 2 });
    expect(await db.command({ killCursors: 'many', cursors: [open.cursor.id] })).toMatchObject({
      cursorsKilled: [open.cursor.id],
    });
    await expect(db.command({ getMore: open.cursor.id, collection: 'many' })).rejects.toMatchObject({
      code: 43,
    });
  });

  test('projects: inclusion, exclusion, $slice, $elemMatch and the positional one', async () => {
    await db.collection<{ _id: number }>('shapes').insertOne({
      _id: 1,
      a: [
        { b: 1, c: 1 },
        { b: 2, c: 2 },
      ],
      d: { e: 1, f: 2 },
      g: [1, 2, 3],
    } as { _id: number });
    const shape = async (projection: object, query: object = {}): Promise<unknown> =>
      db.collection('shapes').findOne(query, { projection });
    expect(await shape({ 'a.b': 1, _id: 0 })).toEqual({ a: [{ b: 1 }, { b: 2 }] });
    expect(await shape({ a: 0, 'd.e': 0 })).toEqual({ _id: 1, d: { f: 2 }, g: [1, 2, 3] });
    expect(await shape({ _id: 0 })).toEqual({
      a: [
        { b: 1, c: 1 },
        { b: 2, c: 2 },
      ],
      d: { e: 1, f: 2 },
      g: [1, 2, 3],
    });
    expect(await shape({ _id: 1 })).toEqual({ _id: 1 });
    expect(await shape({ g: { $slice: -1 }, a: 0, d: 0 })).toEqual({ _id: 1, g: [3] });
    expect(await shape({ a: { $elemMatch: { b: 2 } } })).toEqual({ _id: 1, a: [{ b: 2, c: 2 }] });
    expect(await shape({ 'a.$': 1 }, { 'a.b': 2 })).toEqual({ _id: 1, a: [{ b: 2, c: 2 }] });
    await expect(shape({ a: 1, d: 0 })).rejects.toMatchObject({ code: 31254 });
  });

  test('aggregates', async () => {
    await db.collection('sales').insertMany([
      { k: 'a', n: 1, t: ['x', 'y'] },
      { k: 'b', n: 5, t: [] },
      { k: 'a', n: 2, t: ['x'] },
    ]);
    const run = async (...pipeline: object[]): Promise<unknown> =>
      db.collection('sales').aggregate(pipeline).toArray();
    expect(
      await run({ $group: { _id: '$k', sum: { $sum: '$n' }, all: { $push: '$n' } } }, { $sort: { _id: 1 } }),
    ).toEqual([
      { _id: 'a', sum: 3, all: [1, 2] },
      { _id: 'b', sum: 5, all: [5] },
    ]);
    expect(await run({ $unwind: '$t' }, { $sortByCount: '$t' })).toEqual([
      { _id: 'x', count: 2 },
      { _id: 'y', count: 1 },
    ]);
    expect(await run({ $match: { n: { $gt: 1 } } }, { $count: 'c' })).toEqual([{ c: 2 }]);
    expect(await run({ $match: { k: 'b' } }, { $project: { _id: 0, d: { $multiply: ['$n', 2] } } })).toEqual([
      { d: 10 },
    ]);
    await expect(run({ $facet: {} })).rejects.toMatchObject({ code: 238 });
    await expect(run({ $project: { a: { $dateToParts: 1 } } })).rejects.toMatchObject({ code: 168 });
  });

  test('takes a sub-document in $project for a shape and in $addFields for dotted paths', async () => {
    const nested = db.collection('nested');
    await nested.insertOne({ a: { b: 1, c: 2 }, d: [[1], 1] });
    const run = async (stage: object): Promise<unknown> =>
      nested.aggregate([stage, { $unset: ['_id', 'd'] }]).toArray();
    expect(await run({ $project: { a: { b: 1 } } })).toEqual([{ a: { b: 1 } }]);
    expect(await run({ $addFields: { a: { b: 5 } } })).toEqual([{ a: { b: 5, c: 2 } }]);
    await expect(run({ $project: { a: { b: '$a.c' } } })).rejects.toMatchObject({ code: 238 });
  });

  test('gives distinct elements of arrays, also those that are arrays', async () => {
    await db.collection('distincts').insertMany([{ a: [[1], 2] }, { a: [1] }, { a: 2 }, {}]);
    expect(await db.collection('distincts').distinct('a')).toEqual([1, 2, [1]]);
  });

  test('refuses what it does not know, by name', async () => {
    await expect(db.command({ nope: 1 })).rejects.toMatchObject({ code: 59 });
    const sorted = { q: {}, u: { $set: { a: 1 } }, sort: { a: 1 } };
    await expect(db.command({ update: 'x', updates: [sorted] })).rejects.toMatchObject({ code: 40415 });
    await expect(db.command({ find: 'x', nope: 1 })).rejects.toMatchObject({
      code: 40415,
      message: expect.stringContaining('nope'),
    });
    await expect(
      db
        .collection('x')
        .find({}, { collation: { locale: 'ru' } })
        .toArray(),
    ).rejects.toMatchObject({ code: 238 });
    await expect(db.createCollection('x', { capped: true, size: 1000 })).rejects.toMatchObject({ code: 238 });
    await expect(db.collection('x').createIndex({ a: 'text' })).rejects.toMatchObject({ code: 238 });
    const session = client.startSession();
    session.startTransaction();
    await expect(db.collection('x').insertOne({ a: 1 }, { session })).rejects.toMatchObject({
      code: 238,
      message: expect.stringContaining('a multi-document transaction'),
    });
    await session.abortTransaction().catch(() => undefined);
    await session.endSession();
  });

  test('does a repeated write once, also behind a restart', async () => {
    const own = await startStore();
    const updates = [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }];
    const command = {
      update: 'c',
      updates,
      $db: 't',
      lsid: { id: new Binary(Buffer.alloc(16, 7), 4) },
      txnNumber: Long.fromNumber(3),
    };
    const reply = await sendCommand(own.uri, command);
    expect(reply).toMatchObject({ ok: 1, n: 1, upserted: [{ index: 0, _id: 1 }] });
    expect(await sendCommand(own.uri, command)).toEqual(reply);
    await own.stop(true);
    const again = await startStore(own.folder);
    expect(await sendCommand(again.uri, command)).toEqual(reply);
    const found = await sendCommand(again.uri, { find: 'c', $db: 't' });
    expect(found.cursor.firstBatch).toEqual([{ _id: 1, n: 1 }]);
    expect(await sendCommand(again.uri, { ...command, txnNumber: Long.fromNumber(2) })).toMatchObject({
      ok: 0,
      code: 225,
    });
    await again.stop();
  });

  test('listens on a Unix socket that only its owner can open', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'store-unix-'));
    const socket = join(folder, 's.sock');
    const own = await startStore(folder, '--socket', socket);
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    const local = await MongoClient.connect(own.uri);
    expect(await local.db().command({ ping: 1 })).toMatchObject({ ok: 1 });
    await local.close();
    await own.stop();
    expect(existsSync(socket)).toBe(false);
  });
});
