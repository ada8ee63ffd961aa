import { Binary, type Document, Long } from 'bson';
import { MongoClient } from 'mongodb';
import { describe, expect, test } from 'vitest';
import { sendCommand } from './sendCommand.ts';
import { startStore } from './startStore.ts';

const ROUNDS = 6;
const WRITERS = 8;

/** In turn an update, a findAndModify, and an insert for which all compete. */
const commandOf = (writer: number, n: number): Document =>
  [
    { update: 'sums', updates: [{ q: { _id: writer }, u: { $inc: { updated: 1 } }, upsert: true }] },
    {
      findAndModify: 'sums',
      query: { _id: writer },
      update: { $inc: { modified: 1 }, $push: { list: n } },
      new: true,
      upsert: true,
    },
    { insert: 'taken', documents: [{ _id: `${writer}-${n}`, slot: n, by: writer }] },
  ][n % 3] ?? {};

describe('kill -9', () => {
  test('at any instant loses no acknowledged write and leaves no half write', async () => {
    const first = await startStore();
    const { folder } = first;
    let store = first;
    /** What each writer was told: how often its counter was raised, which inserts were confirmed. */
    const raised = new Map<string, number>();
    const tried = new Map<string, number>();
    const inserted = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const client = await MongoClient.connect(store.uri, { retryWrites: false, maxPoolSize: WRITERS });
      const counters = client.db('t').collection<{ _id: string; n: number; list: number[] }>('counters');
      const rows = client.db('t').collection<{ _id: string; key: string }>('rows');
      await rows.createIndex({ key: 1 }, { unique: true });
      let stopped = false;
      const write = async (writer: number): Promise<void> => {
        for (let n = 0; !stopped; n += 1) {
          const [own, row] = [`w${writer}`, `${round}-${writer}-${n}`];
          tried.set(own, (tried.get(own) ?? 0) + 1);
          const document = await counters.findOneAndUpdate(
            { _id: own },
            { $inc: { n: 1 }, $push: { list: n } },
            { upsert: true, returnDocument: 'after' },
          );
          if (document) raised.set(own, (raised.get(own) ?? 0) + 1);
          await rows.insertOne({ _id: row, key: `k${row}` });
          inserted.add(row);
        }
      };
      const writers = Array.from({ length: WRITERS }, (_, n) => write(n).catch(() => undefined));
      const wanted = inserted.size + 40 + ((round * 97) % 150);
      while (inserted.size < wanted) await new Promise((resolve) => setImmediate(resolve));
      const ended = new Promise((resolve) => store.child.once('exit', resolve));
      store.child.kill('SIGKILL');
      await ended;
      stopped = true;
      await Promise.all(writers);
      await client.close(true);
      store = await startStore(folder);
      const check = await MongoClient.connect(store.uri);
      const found = await check.db('t').collection('counters').find().toArray();
      for (const [own, count] of raised) {
        const counter = found.find(({ _id }) => String(_id) === own);
        expect(counter?.n).toBeGreaterThanOrEqual(count);
        expect(counter?.n).toBeLessThanOrEqual(tried.get(own) ?? 0);
        expect(counter?.list.length).toBe(counter?.n);
      }
      const ids = new Set(
        (await check.db('t').collection<{ _id: string }>('rows').find().toArray()).map(({ _id }) => _id),
      );
      expect([...inserted].filter((id) => !ids.has(id))).toEqual([]);
      const byKey = await check
        .db('t')
        .collection('rows')
        .find({ key: { $gt: '' } })
        .toArray();
      expect(byKey.length).toBe(ids.size);
      await check.close();
    }
    await store.stop();
    expect(inserted.size).toBeGreaterThan(ROUNDS * 40);
  });

  test('between a write and its answer does not do it twice, nor half: each is sent again to the next process', async () => {
    let store = await startStore();
    const { folder } = store;
    await sendCommand(store.uri, {
      createIndexes: 'taken',
      indexes: [{ key: { slot: 1 }, name: 'slot', unique: true }],
      $db: 't',
    });
    /** Of each writer: the commands it sent, each again until it was answered. */
    const answers: Document[][] = Array.from({ length: WRITERS }, () => []);
    let done = false;
    const write = async (writer: number): Promise<void> => {
      const lsid = { id: new Binary(Buffer.alloc(16, writer + 1), 4) };
      for (let n = 0; !done; n += 1) {
        const command = {
          ...commandOf(writer, n),
          $db: 't',
          lsid,
          txnNumber: Long.fromNumber(n),
        };
        let answer: Document | undefined;
        while (!answer) {
          const { uri } = store;
          answer = await sendCommand(uri, command).catch(() => undefined);
          if (!answer) while (store.uri === uri) await new Promise((resolve) => setImmediate(resolve));
        }
        answers[writer]?.push(answer);
      }
    };
    const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer));
    for (let round = 0; round < ROUNDS; round += 1) {
      const wanted = answers.flat().length + 60 + ((round * 61) % 100);
      while (answers.flat().length < wanted) await new Promise((resolve) => setImmediate(resolve));
      const ended = new Promise((resolve) => store.child.once('exit', resolve));
      store.child.kill('SIGKILL');
      await ended;
      store = await startStore(folder);
    }
    done = true;
    await Promise.all(writers);
    const find = async (name: string): Promise<Document[]> =>
      (await sendCommand(store.uri, { find: name, $db: 't', batchSize: 100_000 })).cursor.firstBatch;
    const sums = await find('sums');
    const taken = await find('taken');
    for (const [writer, got] of answers.entries()) {
      const ofKind = (kind: number): Document[] => got.filter((_, n) => n % 3 === kind);
      expect(sums.find(({ _id }) => _id === writer)?.updated ?? 0).toBe(ofKind(0).length);
      expect(sums.find(({ _id }) => _id === writer)?.modified ?? 0).toBe(ofKind(1).length);
      expect(ofKind(1).map(({ value }) => value.modified)).toEqual(ofKind(1).map((_, n) => n + 1));
      const won = ofKind(2).filter(({ n }) => n === 1).length;
      expect(taken.filter(({ by }) => by === writer)).toHaveLength(won);
      for (const { n, writeErrors } of ofKind(2)) expect(n === 1 || writeErrors[0].code === 11000).toBe(true);
    }
    expect(new Set(taken.map(({ slot }) => slot)).size).toBe(taken.length);
    await store.stop();
  }, 60_000);

  test('while collections and indexes are made and dropped leaves each whole or away', async () => {
    let store = await startStore();
    const { folder } = store;
    /** What each collection was told to be, step by step. */
    const told = new Map<string, 'made' | 'filled' | 'dropping' | 'dropped'>();
    const indexes = [
      { key: { a: 1 }, name: 'a', unique: true },
      { key: { b: -1 }, name: 'b' },
    ];
    const documents = Array.from({ length: 20 }, (_, n) => ({ _id: n, a: n, b: [n, -n] }));
    for (let round = 0; round < ROUNDS; round += 1) {
      let stopped = false;
      const send = async (command: Document): Promise<void> => {
        expect(await sendCommand(store.uri, { ...command, $db: 't' })).toMatchObject({ ok: 1 });
      };
      const work = async (writer: number): Promise<void> => {
        for (let n = 0; !stopped; n += 1) {
          const name = `c${round}-${writer}-${n}`;
          await send({ createIndexes: name, indexes });
          told.set(name, 'made');
          await send({ insert: name, documents });
          told.set(name, 'filled');
          if (n % 2 === 0) continue;
          told.set(name, 'dropping');
          await send({ drop: name });
          told.set(name, 'dropped');
        }
      };
      const workers = Array.from({ length: 4 }, (_, writer) => work(writer).catch(() => undefined));
      const wanted = told.size + 8 + ((round * 7) % 11);
      while (told.size < wanted) await new Promise((resolve) => setImmediate(resolve));
      const ended = new Promise((resolve) => store.child.once('exit', resolve));
      store.child.kill('SIGKILL');
      await ended;
      stopped = true;
      await Promise.all(workers);
      store = await startStore(folder);
      const client = await MongoClient.connect(store.uri);
      const db = client.db('t');
      const there = new Set(
        (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name),
      );
      for (const [name, step] of told) {
        if (step !== 'dropping') expect(there.has(name), `${name} ${step}`).toBe(step !== 'dropped');
        if (!there.has(name)) continue;
        const rows = db.collection(name);
        expect(await rows.indexes()).toHaveLength(3);
        const count = await rows.countDocuments();
        if (step === 'made') expect([0, 20]).toContain(count);
        else expect(count).toBe(20);
        for (const query of [{ a: { $gte: 0 } }, { b: { $lte: 0 } }])
          expect((await rows.find(query).toArray()).length).toBe(count);
      }
      await client.close();
    }
    await store.stop();
  }, 120_000);

  test('of the parent ends the store', async () => {
    const store = await startStore();
    const ended = new Promise((resolve) => store.child.once('exit', resolve));
    store.child.disconnect();
    expect(await ended).toBe(0);
  });
});
