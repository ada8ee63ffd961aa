import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Double, Long, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningStore, startStore } from './startStore.ts';

const root = join(import.meta.dirname, '../..');
const data = mkdtempSync(join(tmpdir(), 'store-moving-'));
const file = (name: string): string => join(data, name);
let store: RunningStore;

/** What a command says, given as people give it: with the folder of the data in DATA_DIR. */
function run(
  name: 'backup' | 'restore' | 'move-to',
  what: string,
  dataDir = data,
): { status: number | null; says: string } {
  const scripts = { backup: 'store/backup.ts', restore: 'store/restore.ts', 'move-to': 'store/moveTo.ts' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, scripts[name]), what], {
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: dataDir },
  });
  expect(stderr).not.toMatch(/\n\s+at /);
  return { status, says: stdout + stderr };
}

async function kept(uri: string): Promise<unknown[]> {
  const client = await MongoClient.connect(uri);
  const found = await client.db('t').collection('rows').find().sort({ k: 1 }).toArray();
  await client.close();
  return found.map(({ k }) => k);
}

beforeAll(async () => {
  store = await startStore(file('store'));
  const client = await MongoClient.connect(store.uri);
  const rows = client.db('t').collection('rows');
  await rows.createIndex({ k: 1 }, { unique: true, name: 'by_k' });
  await rows.insertMany([
    { k: 1, d: new Double(2), r: /x/i },
    { k: 2, l: Long.fromNumber(5), 2: 'b', 1: 'a' },
  ]);
  await client.close();
});
afterAll(async () => {
  await store.stop();
  rmSync(data, { recursive: true, force: true });
});

describe('[X-12] the database', () => {
  test('is backed up while a store works on it, and when none does', async () => {
    expect(run('backup', file('running.sqlite')).status).toBe(0);
    expect(await kept(store.uri)).toEqual([1, 2]);
    await store.stop(true);
    expect(run('backup', file('stopped.sqlite')).status).toBe(0);
    expect(readdirSync(file('store'))).toEqual(['store.sqlite']);
    for (const name of ['running', 'stopped']) {
      const folder = file(name);
      expect(run('restore', file(`${name}.sqlite`), folder).status).toBe(0);
      const restored = await startStore(join(folder, 'store'));
      expect(await kept(restored.uri)).toEqual([1, 2]);
      await restored.stop();
    }
    store = await startStore(file('store'));
  });

  test('is restored over what is there, which stays beside it, also when that is damaged', async () => {
    expect(run('restore', file('running.sqlite'))).toMatchObject({
      status: 1,
      says: expect.stringContaining('another store (process'),
    });
    await store.stop(true);
    writeFileSync(join(store.folder, 'store.sqlite'), 'x'.repeat(10_000));
    expect(run('restore', file('running.sqlite')).status).toBe(0);
    expect(run('restore', file('running.sqlite')).status).toBe(0);
    expect(readdirSync(store.folder).toSorted()).toEqual([
      'store.sqlite',
      'store.sqlite.before',
      'store.sqlite.before2',
    ]);
    store = await startStore(store.folder);
    expect(await kept(store.uri)).toEqual([1, 2]);
  });

  test('is not replaced by a damaged file, or by one that is no backup', () => {
    copyFileSync(join(root, 'package.json'), file('no.sqlite'));
    for (const name of ['no.sqlite', 'missing.sqlite']) {
      const { status, says } = run('restore', file(name));
      expect(status).toBe(1);
      expect(says).toContain(file(name));
    }
  });

  test.each([
    ['backup', file('running.sqlite'), /is there already; a backup overwrites nothing/],
    ['backup', file('no/where.sqlite'), /there is no folder/],
    ['move-to', 'somewhere', /is no address of a MongoDB/],
    ['move-to', 'mongodb://127.0.0.1:1/', /stop the product first/],
  ] as const)('%s %s: what is wrong is said in words', (name, what, words) => {
    const { status, says } = run(name, what);
    expect(status).toBe(1);
    expect(says).toMatch(words);
  });

  test('moves into another database with its indexes; counts and hashes are compared', async () => {
    await store.stop(true);
    const target = await startStore();
    const moved = run('move-to', target.uri);
    expect(moved).toMatchObject({ status: 0, says: expect.stringContaining('t.rows: 2 documents') });
    expect(await kept(target.uri)).toEqual([1, 2]);
    const there = await MongoClient.connect(target.uri);
    expect(await there.db('t').collection('rows').indexExists('by_k')).toBe(true);
    const [, second] = await there.db('t').collection('rows').find().sort({ k: 1 }).toArray();
    expect(Object.keys(second ?? {})).toEqual(['1', '2', '_id', 'k', 'l']);
    await there.close();
    expect(run('move-to', target.uri)).toMatchObject({
      status: 1,
      says: expect.stringContaining('not empty'),
    });
    await target.stop();
    expect(existsSync(join(store.folder, 'store.pid'))).toBe(false);
  });
});
