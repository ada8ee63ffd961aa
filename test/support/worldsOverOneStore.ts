import { afterAll, beforeAll } from 'vitest';
import { type EngineUnderTest, startEngine } from './startEngine.ts';
import { type RunningStore, startStore } from './startStore.ts';

/**
 * A store for the tests of a file, and how engines over it are started; all of them are closed at the end.
 *
 * @param at what the engines' clocks show, in milliseconds of UTC
 */
export function worldsOverOneStore(
  at: number,
): (more?: Parameters<typeof startEngine>[3]) => Promise<EngineUnderTest> {
  let store: RunningStore;
  const started: EngineUnderTest[] = [];
  beforeAll(async () => {
    store = await startStore();
  });
  afterAll(async () => {
    for (const world of started) await world.close();
    await store.stop();
  });
  return async (more = {}) => {
    const world = await startEngine(store.uri, at, ['telegram'], more);
    started.push(world);
    return world;
  };
}
