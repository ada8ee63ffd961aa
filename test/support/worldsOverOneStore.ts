import { afterAll, beforeAll } from 'vitest';
import { type EngineUnderTest, startEngine } from './startEngine.ts';
import { type OwnDatabase, ownDatabase } from './ownDatabase.ts';

/**
 * A database for all tests of a file, and how engines over it are started; all of them are closed at the end.
 *
 * @param at what the engines' clocks show, in milliseconds of UTC
 */
export function worldsOverOneStore(
  at: number,
): (more?: Parameters<typeof startEngine>[3]) => Promise<EngineUnderTest> {
  let store: OwnDatabase;
  const started: EngineUnderTest[] = [];
  beforeAll(async () => {
    store = await ownDatabase();
  });
  afterAll(async () => {
    for (const world of started) await world.close();
  });
  return async (more = {}) => {
    const world = await startEngine(store.uri, at, ['telegram'], more);
    started.push(world);
    return world;
  };
}
