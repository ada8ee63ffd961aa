import { afterAll } from 'vitest';
import { randomId } from '../../runtime/clock.ts';
import { type RunningStore, startStore } from './startStore.ts';

/** A database of a test's own. */
export interface OwnDatabase {
  uri: string;
}

let store: Promise<RunningStore> | undefined;
afterAll(async () => {
  await (await store)?.stop();
  store = undefined;
});

/**
 * A fresh database on the one store of the test's file, which starts with the first of them and ends with the file: a process
 * for each test would take longer than most tests do.
 */
export async function ownDatabase(): Promise<OwnDatabase> {
  store ??= startStore();
  const url = new URL((await store).uri);
  url.pathname = `/test_${randomId(10).replaceAll('-', '_')}`;
  return { uri: url.toString() };
}
