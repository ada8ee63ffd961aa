import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { options } from '../../store/options.ts';
import { Database } from '../../store/storage/database.ts';
import { type RunningStore, startStore } from './startStore.ts';

const main = new URL('../../store/main.ts', import.meta.url).pathname;
const text = 'x'.repeat(2000);
const made: string[] = [];
const folderOf = (name: string): string => {
  const folder = mkdtempSync(join(tmpdir(), `store-${name}-`));
  made.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** What a start that must fail says. */
const refused = (args: string[], as?: number, code = 1): string => {
  const { status, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    uid: as,
    gid: as,
  });
  expect(status).toBe(code);
  expect(stderr).not.toMatch(/\n\s+at /);
  return stderr;
};

/** A folder whose store was killed with so many documents in its log; they are not yet in its main file. */
async function killed(name: string, documents: number): Promise<string> {
  const store = await startStore(folderOf(name));
  const client = await MongoClient.connect(store.uri);
  const rows = client.db('t').collection<{ _id: number }>('rows');
  for (let n = 0; n < documents; n += 1) await rows.insertOne({ _id: n, text } as { _id: number });
  await client.close(true);
  store.child.kill('SIGKILL');
  await once(store.child, 'exit');
  return store.folder;
}

function overwrite(file: string, at: number, length: number): void {
  const open = openSync(file, 'r+');
  writeSync(open, Buffer.alloc(length, 0xa5), 0, length, at);
  closeSync(open);
}

describe('what is damaged', () => {
  const says = /store\.sqlite is damaged.*npm run restore/;

  test('is said with the file and what to do: overwritten, cut off, or no database', async () => {
    const folder = folderOf('damaged');
    const store = await startStore(folder);
    const client = await MongoClient.connect(store.uri);
    const rows = client.db('t').collection('rows');
    await rows.insertMany(Array.from({ length: 400 }, () => ({ text })));
    await client.close();
    await store.stop(true);
    const file = join(folder, 'store.sqlite');
    const whole = `${file}.whole`;
    copyFileSync(file, whole);
    overwrite(file, Math.floor(statSync(file).size / 2 / 8192) * 8192, 60_000);
    expect(refused(['--data', folder], undefined, 65)).toMatch(says);
    copyFileSync(whole, file);
    truncateSync(file, statSync(file).size / 2);
    expect(refused(['--data', folder], undefined, 65)).toMatch(says);
    writeFileSync(file, 'x'.repeat(10_000));
    expect(refused(['--data', folder], undefined, 65)).toMatch(says);
    copyFileSync(whole, file);
    await (await startStore(folder)).stop(true);
  });

  test('in the log behind which confirmed writes lie, is said; a last write cut off by a crash is not', async () => {
    const folder = await killed('log', 20);
    const log = join(folder, 'store.sqlite-wal');
    const whole = readFileSync(log);
    overwrite(log, Math.floor(whole.length / 2), 200);
    expect(refused(['--data', folder], undefined, 65)).toMatch(says);
    writeFileSync(log, whole);
    overwrite(log, 8, 8);
    expect(refused(['--data', folder], undefined, 65)).toMatch(says);
    writeFileSync(log, Buffer.concat([whole, whole.subarray(32, 5000)]));
    const store = await startStore(folder);
    const client = await MongoClient.connect(store.uri);
    expect(await client.db('t').collection('rows').countDocuments()).toBe(20);
    await client.close();
    await store.stop(true);
  });
});

describe('what cannot be written', () => {
  test('a full disk ends the process with a message; what was confirmed is kept, what was not is not', async () => {
    const folder = folderOf('full');
    const child = spawn(
      'bash',
      ['-c', 'ulimit -f 2000; exec "$0" "$@"', process.execPath, main, '--data', folder],
      { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
    );
    let words = '';
    child.stderr?.on('data', (chunk) => (words += String(chunk)));
    const [ready] = await once(child, 'message');
    const client = await MongoClient.connect(String(ready.uri), { retryWrites: false });
    const rows = client.db('t').collection<{ _id: number }>('rows');
    let confirmed = 0;
    const ended = once(child, 'exit');
    const write = async (): Promise<void> => {
      for (; ; confirmed += 1) await rows.insertOne({ _id: confirmed, text } as { _id: number });
    };
    await expect(write()).rejects.toThrow();
    expect(await ended).toEqual([1, null]);
    await client.close(true);
    expect(words).toContain(folder);
    expect(words).toMatch(/full.*Nothing that was confirmed is lost/);
    expect(confirmed).toBeGreaterThan(20);
    const again = await startStore(folder);
    const check = await MongoClient.connect(again.uri);
    const ids = (await check.db('t').collection('rows').find().sort({ _id: 1 }).toArray()).map(
      ({ _id }) => _id,
    );
    expect(ids).toEqual(Array.from({ length: confirmed }, (_, n) => n));
    await check.close();
    await again.stop(true);
  }, 60_000);

  test('a folder without the right to write is named', () => {
    const folder = folderOf('readonly');
    chmodSync(folder, 0o555);
    const as = process.getuid?.() === 0 ? 65_534 : undefined;
    expect(refused(['--data', folder], as)).toMatch(new RegExp(`${folder} cannot be (opened|written)`));
    expect(refused(['--data', join(folder, 'inner')], as)).toContain('cannot be opened');
  });
});

describe('who else comes', () => {
  let store: RunningStore;
  let client: MongoClient;
  beforeAll(async () => {
    store = await startStore();
    client = await MongoClient.connect(store.uri);
  });
  afterAll(async () => {
    await client.close();
    await store.stop();
  });

  test('a second store on the folder is told who holds it', () => {
    expect(refused(['--data', store.folder])).toContain(
      `another store (process ${store.child.pid}) already works on the folder ${store.folder}`,
    );
  });

  test('no other machine: it is told no address, and its own is that of loopback', () => {
    expect(refused(['--data', folderOf('host'), '--host', '0.0.0.0'])).toContain("Unknown option '--host'");
    expect(new URL(store.uri).hostname).toBe('127.0.0.1');
  });

  test('memory for pages is bounded as told, by whole megabytes', () => {
    const database = new Database(folderOf('cache'), options(['--data', 'any', '--cache', '4']).cache);
    expect(database.statement('PRAGMA cache_size').get()).toEqual([-4 * 1024]);
    database.close();
    for (const cache of ['0', '1.5', 'much'])
      expect(() => options(['--data', 'any', '--cache', cache])).toThrow('--cache must be a whole number');
  });

  test('2,000 connections with rubbish, half messages and huge lengths harm nobody', async () => {
    const port = Number(new URL(store.uri).port);
    const huge = Buffer.alloc(21);
    huge.writeInt32LE(0x7fffffff, 0);
    huge.writeInt32LE(2013, 12);
    const most = Buffer.from(huge);
    most.writeInt32LE(48_000_000, 0);
    const says = [Buffer.alloc(64, 7), Buffer.from([200, 0, 0, 0, 1, 2, 3]), huge, most];
    const sockets: Socket[] = [];
    for (let n = 0; n < 2000; n += 1) {
      const socket = connect(port, '127.0.0.1').on('error', () => undefined);
      sockets.push(socket);
      const bytes = says[n % says.length];
      if (n % 100 === 0) await once(socket, 'connect');
      if (bytes) socket.write(bytes);
    }
    // Those that say half a message go on byte by byte while others work.
    for (let n = 0; n < 20; n += 1) {
      for (const [at, socket] of sockets.entries()) if (at % 4 === 1) socket.write(Buffer.from([n]));
      await client.db('t').collection<{ _id: number }>('among').insertOne({ _id: n });
      expect(await client.db('t').collection('among').countDocuments()).toBe(n + 1);
    }
    for (const socket of sockets) socket.destroy();
    expect(await client.db('t').command({ ping: 1 })).toMatchObject({ ok: 1 });
    const status = readFileSync(`/proc/${store.child.pid}/status`, 'utf8');
    expect(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024).toBeLessThan(350);
  }, 60_000);
});
