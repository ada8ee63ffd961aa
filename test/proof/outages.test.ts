import { expect, test } from 'vitest';
import { makeOutages } from '../../proof/world/outages.ts';
import { makeRandom } from '../../proof/world/random.ts';

test('[X-06] what was lost to outages is counted once, however they overlap and in whatever order they are told', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = makeRandom(seed, 'outages');
    const outages = makeOutages();
    const lost = new Set<number>();
    for (let count = random.between(1, 12); count > 0; count -= 1) {
      const from = random.between(0, 60);
      const to = from + random.between(1, 15);
      outages.add(from, to);
      for (let millisecond = from; millisecond < to; millisecond += 1) lost.add(millisecond);
    }
    const [begin, end] = [random.between(0, 40), random.between(40, 80)];
    const expected = [...lost].filter((one) => one >= begin && one < end).length;
    expect([seed, outages.within(begin, end)]).toEqual([seed, expected]);
  }
});
