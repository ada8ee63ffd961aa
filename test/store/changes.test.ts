import { MongoClient, type ChangeStream, type ChangeStreamDocument, type Db, type Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStore, type RunningStore } from './startStore.ts';

let store: RunningStore;
let client: MongoClient;
let db: Db;

beforeAll(async () => {
  store = await startStore();
  client = await MongoClient.connect(store.uri);
  db = client.db('streams');
});
afterAll(async () => {
  await client.close();
  await store.stop();
});

async function opened(
  name: string,
  pipeline: Document[] = [],
  options: Document = {},
): Promise<ChangeStream> {
  const stream = db.collection(name).watch(pipeline, options);
  await stream.tryNext();
  return stream;
}

async function untilInvalid(stream: ChangeStream): Promise<ChangeStreamDocument[]> {
  const told: ChangeStreamDocument[] = [];
  while (told.at(-1)?.operationType !== 'invalidate') told.push(await stream.next());
  return told;
}

/** Update, document before, `updatedFields`, `removedFields`. https://www.mongodb.com/docs/manual/reference/change-events/update/ */
const TABLE: [Document, Document, Document, string[]][] = [
  [{ $set: { b: 1 } }, { a: 1 }, { b: 1 }, []],
  [{ $set: { a: 1, b: 2 } }, { a: 1 }, { b: 2 }, []],
  [{ $unset: { a: '' } }, { a: 1 }, {}, ['a']],
  [{ $set: { 'a.b.c': 1, 'a.b.d': 2 } }, {}, { a: { b: { c: 1, d: 2 } } }, []],
  [{ $set: { 'a.b': 2 } }, { a: { b: 1, c: 1 } }, { 'a.b': 2 }, []],
  [{ $set: { a: { b: 1, c: 2 } } }, { a: { b: 1, c: 1 } }, { a: { b: 1, c: 2 } }, []],
  [{ $push: { a: 3 } }, { a: [1, 2] }, { 'a.2': 3 }, []],
  [{ $push: { a: 3 } }, { a: [] }, { a: [3] }, []],
  [{ $addToSet: { a: { $each: [1, 5] } } }, { a: [1] }, { 'a.1': 5 }, []],
  [{ $pull: { a: 1 } }, { a: [1, 2] }, { a: [2] }, []],
  [{ $inc: { 'a.$[]': 1 } }, { a: [1, 2] }, { 'a.0': 2, 'a.1': 3 }, []],
  [{ $rename: { a: 'b' } }, { a: 1 }, { b: 1 }, ['a']],
];

describe('change streams', () => {
  test('tell inserts, updates, replacements, removals and the end of the collection', async () => {
    const things = db.collection<{ _id: number; a?: number }>('things');
    await things.insertOne({ _id: 0 });
    const stream = await opened('things', [{ $match: { operationType: { $ne: 'nothing' } } }], {
      fullDocument: 'updateLookup',
    });
    await things.insertOne({ _id: 1, a: 1 });
    await things.updateOne({ _id: 1 }, { $set: { a: 2 } });
    await things.replaceOne({ _id: 1 }, { a: 3 });
    await things.deleteMany({ _id: 1 });
    await things.drop();
    const told = await untilInvalid(stream);
    expect(told.map(({ operationType }) => operationType)).toEqual([
      'insert',
      'update',
      'replace',
      'delete',
      'drop',
      'invalidate',
    ]);
    expect(told[0]).toMatchObject({
      ns: { db: 'streams', coll: 'things' },
      documentKey: { _id: 1 },
      fullDocument: { _id: 1, a: 1 },
    });
    expect(told[1]).toMatchObject({ fullDocument: null, updateDescription: { updatedFields: { a: 2 } } });
    expect(told[2]).toMatchObject({ fullDocument: { _id: 1, a: 3 } });
    await stream.close();
  });

  test('tell what an update wrote, in the documented places', async () => {
    const stream = await opened('updates', [{ $match: { operationType: 'update' } }]);
    for (const [update, before, updatedFields, removedFields] of TABLE) {
      const { insertedId } = await db.collection('updates').insertOne({ ...before });
      await db.collection('updates').updateOne({ _id: insertedId }, update);
      expect(await stream.next()).toMatchObject({
        updateDescription: { updatedFields, removedFields, truncatedArrays: [] },
      });
    }
    await stream.close();
  });

  test('tell the insert that made their collection when they were asked for beside it', async () => {
    const inserted = db.collection('beside').insertOne({ n: 1 });
    const stream = db.collection('beside').watch();
    expect(await stream.next()).toMatchObject({ operationType: 'insert', fullDocument: { n: 1 } });
    await inserted;
    await stream.close();
  });

  test('go on behind a token, and refuse one whose changes are forgotten', async () => {
    const first = await opened('resumed');
    await db.collection('resumed').insertMany([{ n: 1 }, { n: 2 }]);
    const token = (await first.next())._id;
    await first.close();
    const again = db.collection('resumed').watch([], { resumeAfter: token });
    expect(await again.next()).toMatchObject({ fullDocument: { n: 2 } });
    await again.close();
    const old = { _data: '000000000000000A00' };
    await expect(db.collection('resumed').watch([], { resumeAfter: old }).tryNext()).rejects.toMatchObject({
      code: 286,
    });
  });

  test('refuse what they do not do, by name', async () => {
    const open = (options: Document): Promise<unknown> => db.collection('x').watch([], options).tryNext();
    await expect(open({ fullDocument: 'required' })).rejects.toMatchObject({ code: 238 });
    await expect(open({ showExpandedEvents: true })).rejects.toMatchObject({ code: 238 });
    await expect(open({ startAfter: { _data: '0' } })).rejects.toMatchObject({ code: 238 });
    await expect(open({ readConcern: { level: 'local' } })).rejects.toMatchObject({ code: 72 });
    await expect(open({ resumeAfter: { _data: '0' } })).rejects.toMatchObject({ code: 260 });
    const others = [db.watch(), client.watch(), db.collection('x').watch([{ $project: { ns: 0 } }])];
    for (const stream of others) await expect(stream.tryNext()).rejects.toMatchObject({ code: 238 });
    const { cursor } = await db.command({ find: 'updates', batchSize: 1 });
    await expect(
      db.command({ getMore: cursor.id, collection: 'updates', maxTimeMS: 5 }),
    ).rejects.toMatchObject({ code: 2 });
  });
});
