import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../models/database.ts';
import { outOfReach } from '../../proof/database/mongoError.ts';
import { type EngineUnderTest, startEngine } from '../support/startEngine.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';

let store: OwnDatabase;
const started: EngineUnderTest[] = [];
const start = async (around?: (db: Database) => Database): Promise<EngineUnderTest> => {
  const world = await startEngine(store.uri, Date.UTC(2026, 10, 24, 9), ['telegram'], {
    ...(around && { around }),
  });
  started.push(world);
  return world;
};

beforeAll(async () => {
  store = await ownDatabase();
});
afterAll(async () => {
  for (const world of started) await world.close();
});

/** The document as a process that was killed right after its commit leaves it. */
async function killedAfterCommit(address: string, claimed: boolean): Promise<EngineUnderTest> {
  const before = await start();
  await before.happen(address, { type: 'messageArrived', text: '/start' });
  await before.quiet();
  await before.close();
  started.pop();
  const after = { ...before, db: (await start()).db };
  const person = await after.db.candidates.findOne({ 'channels.address': address });
  const outbox = (person?.outbox ?? []).map((effect) => {
    const { claimed: by, ...rest } = effect as { claimed?: string };
    return claimed && by ? { ...rest, claimed: 'killed' } : rest;
  });
  await after.db.ledger.deleteMany({ candidate: person?._id ?? '' });
  await after.db.candidates.updateOne({ _id: person?._id ?? '' }, { $set: { outbox, unpublished: true } });
  return after;
}

test('[A-19] what a killed process had claimed for sending is uncertain, and is not sent again', async () => {
  await killedAfterCommit('201', true);
  const { db, sent, quiet } = await start();
  await quiet();
  const person = await db.candidates.findOne({ 'channels.address': '201' });
  const rows = await db.ledger.find({ candidate: person?._id ?? '', kind: 'out' }).toArray();
  expect(rows.map(({ status }) => status)).toEqual(['uncertain']);
  expect(sent.filter(({ to }) => to === '201')).toEqual([]);
});

test('[X-06] what nobody had claimed is sent after the crash, once', async () => {
  await killedAfterCommit('202', false);
  const { db, sent, quiet } = await start();
  await quiet();
  const person = await db.candidates.findOne({ 'channels.address': '202' });
  const rows = await db.ledger.find({ candidate: person?._id ?? '', kind: 'out' }).toArray();
  expect(rows.map(({ status }) => status)).toEqual(['sent']);
  expect(sent.filter(({ to }) => to === '202')).toHaveLength(1);
});

/** A database that carries out what is put into the ledger first, and whose answer to that is lost. */
function loseAnswer(db: Database): Database {
  let lost = false;
  const ledger = new Proxy(db.ledger, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (key !== 'insertMany' || lost || typeof value !== 'function') return value;
      return async (...given: unknown[]): Promise<unknown> => {
        await Reflect.apply(value, target, given);
        lost = true;
        throw outOfReach();
      };
    },
  });
  return { ...db, ledger };
}

test('[A-19] it is uncertain at once, even when the answer of the database that took it in is lost', async () => {
  await killedAfterCommit('203', true);
  const { db, quiet } = await start(loseAnswer);
  await quiet();
  const person = await db.candidates.findOne({ 'channels.address': '203' });
  const rows = await db.ledger.find({ candidate: person?._id ?? '', kind: 'out' }).toArray();
  expect(rows.map(({ status }) => status)).toEqual(['uncertain']);
});
