import { MongoClient } from 'mongodb';
import { describe, expect, test } from 'vitest';
import { startStore } from './startStore.ts';

const ROUNDS = 6;
const WRITERS = 8;

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
        .hint({ key: 1 })
        .toArray();
      expect(byKey.length).toBe(ids.size);
      await check.close();
    }
    await store.stop();
    expect(inserted.size).toBeGreaterThan(ROUNDS * 40);
  });

  test('of the parent ends the store', async () => {
    const store = await startStore();
    const ended = new Promise((resolve) => store.child.once('exit', resolve));
    store.child.disconnect();
    expect(await ended).toBe(0);
  });
});
