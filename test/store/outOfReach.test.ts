import { MongoClient } from 'mongodb';
import { expect, test } from 'vitest';
import { isOutOfReach } from '../../models/databaseErrors.ts';
import { startStore } from './startStore.ts';

test('[X-06] a write of any form that the store took no more is known as not answered, a refused one is not', async () => {
  const store = await startStore();
  const uri = `${store.uri}&serverSelectionTimeoutMS=300`;
  const client = await MongoClient.connect(uri);
  const rows = client.db().collection<{ _id: number }>('rows');
  await rows.insertOne({ _id: 1 });
  const refused = await rows.insertMany([{ _id: 1 }, { _id: 2 }], { ordered: false }).catch((error) => error);
  expect(isOutOfReach(refused)).toBe(false);
  const update = { updateOne: { filter: { _id: 1 }, update: { $set: { a: 1 } } } };
  const writes = [
    () => rows.insertOne({ _id: 3 }),
    () => rows.insertMany([{ _id: 4 }], { ordered: false }),
    () => rows.bulkWrite([update], { ordered: false }),
    () => rows.bulkWrite([update]),
    () => rows.updateMany({}, { $set: { b: 1 } }),
    () => rows.find().toArray(),
  ];
  // It takes what is sent and answers nothing, and dies with it.
  store.child.kill('SIGSTOP');
  const errors = writes.map((write) =>
    write().then(
      () => undefined,
      (error: unknown) => error,
    ),
  );
  await new Promise((resolve) => setImmediate(resolve));
  store.child.kill('SIGKILL');
  for (const error of await Promise.all(errors)) expect(isOutOfReach(error), String(error)).toBe(true);
  await client.close();
  await store.stop();
});
