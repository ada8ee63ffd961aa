import { expect, test } from 'vitest';
import { chaosFaults } from '../../proof/chaos/chaosFaults.ts';
import { runChaos } from '../../proof/chaos/runChaos.ts';

test('[X-06] killed under load, the product loses nothing, doubles nothing and puts no answer under another question', async () => {
  const result = await runChaos({ seed: 3, kills: 6, walkers: 6, dues: 40, processes: 1 });
  expect(chaosFaults(result)).toEqual([]);
  expect(result.kills).toBe(6);
  expect(result.bookings).toBeGreaterThan(0);
}, 180_000);
