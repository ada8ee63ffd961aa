import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Cursors } from '../../store/commands/cursors.ts';
import { expire } from '../../store/expire.ts';
import { Catalog } from '../../store/storage/catalog.ts';
import { Database } from '../../store/storage/database.ts';
import { indexSpec } from '../../store/storage/indexSpec.ts';
import { toDoc } from './plain.ts';

const folder = mkdtempSync(join(tmpdir(), 'store-keep-'));
const catalog = new Catalog(new Database(folder));
afterAll(() => {
  catalog.database.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a TTL index removes what is over, of the type date and within its filter only', () => {
  const collection = catalog.ensure('t.ttl');
  const partialFilterExpression = { done: true };
  collection.createIndex(
    indexSpec(toDoc({ key: { at: 1 }, expireAfterSeconds: 60, partialFilterExpression })),
  );
  const docs = [
    { at: new Date(0), done: true },
    { at: new Date(0) },
    { at: 0, done: true },
    { at: new Date(60_000), done: true },
    { done: true },
  ];
  docs.forEach((doc, n) => collection.insert(toDoc({ _id: n, ...doc })));
  expire(catalog, 61_000);
  expect([...collection.scan()].map(({ doc }) => doc.get('_id'))).toEqual([1, 2, 3, 4]);
});

test('a cursor nobody asks for ends after ten minutes, unless it was asked to stay', () => {
  const cursors = new Cursors();
  const documents = [toDoc({ n: 1 }), toDoc({ n: 2 }), toDoc({ n: 3 })];
  const open = (keep: boolean): bigint =>
    BigInt(String(cursors.start('t.c', documents, 1, { keep }).get('id')));
  const [short, long] = [open(false), open(true)];
  cursors.killIdle(8.64e15);
  expect(() => cursors.next(short, 't.c', 1)).toThrow(expect.objectContaining({ code: 43 }));
  expect(cursors.next(long, 't.c', 1).get('id')).toBe(long);
});

test('a document beyond 16 MB is refused and nothing of it stays', () => {
  const collection = catalog.ensure('t.big');
  expect(() => collection.insert(toDoc({ _id: 1, text: 'x'.repeat(17 * 1024 * 1024) }))).toThrow(
    expect.objectContaining({ code: 10334 }),
  );
  expect([...collection.scan()]).toEqual([]);
});
