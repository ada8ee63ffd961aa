import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStore, type RunningStore } from './startStore.ts';

let store: RunningStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

describe('unmodified clients', () => {
  test('Agenda runs a scheduled job, keeps one of a unique kind, and cancels', async () => {
    const client = await MongoClient.connect(store.uri);
    const backend = new MongoBackend({ mongo: client.db('agenda') });
    const agenda = new Agenda({ backend, processEvery: 50 });
    const ran = new Promise<unknown>((resolve) =>
      agenda.define('greet', async (job) => resolve(job.attrs.data)),
    );
    await agenda.start();
    await agenda.create('once', { v: 1 }).unique({ 'data.v': 1 }).schedule(new Date(4e12)).save();
    await agenda.create('once', { v: 1 }).unique({ 'data.v': 1 }).schedule(new Date(4e12)).save();
    await agenda.now('greet', { to: 'x' });
    expect(await ran).toEqual({ to: 'x' });
    const { jobs, total } = await agenda.queryJobs({ name: 'once' });
    expect([jobs.length, total]).toEqual([1, 1]);
    expect(await agenda.cancel({ name: 'once' })).toBe(1);
    await agenda.stop();
    await client.close();
  });

  test('mongoose makes indexes, validates versions and reads back what it wrote', async () => {
    const connection = await mongoose.createConnection(store.uri).asPromise();
    const schema = new mongoose.Schema(
      {
        key: { type: String, unique: true },
        list: [{ name: String, at: Date }],
        map: { type: Map, of: Number },
      },
      { optimisticConcurrency: true, timestamps: true },
    );
    const Thing = connection.model('Thing', schema);
    await Thing.init();
    const made = await Thing.create({ key: 'a', list: [{ name: 'x', at: new Date(0) }], map: { z: 1 } });
    const [one, two] = [await Thing.findById(made._id), await Thing.findById(made._id)];
    one?.list.push({ name: 'y' });
    await one?.save();
    two?.set('key', 'b');
    await expect(two?.save()).rejects.toThrow(mongoose.Error.VersionError);
    const found = await Thing.findOneAndUpdate(
      { 'list.name': 'y' },
      { $set: { 'list.$.name': 'z' } },
      { returnDocument: 'after' },
    );
    expect(found?.list.map(({ name }) => name)).toEqual(['x', 'z']);
    await expect(Thing.create({ key: 'a' })).rejects.toMatchObject({ code: 11000 });
    await connection.close();
  });
});
