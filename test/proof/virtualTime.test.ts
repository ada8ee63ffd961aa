import { expect, test } from 'vitest';
import { makeVirtualTime } from '../../proof/world/virtualTime.ts';

test('the promises that follow from a step run out before the next one, also where the event loop has its round', async () => {
  const time = makeVirtualTime(0);
  const seen: [step: number, followed: number][] = [];
  let followed = 0;
  const follow = async (length: number) => {
    for (let link = 0; link < length; link += 1) await Promise.resolve();
    followed += 1;
  };
  for (let step = 0; step < 3_500; step += 1)
    time.at(step, () => {
      seen.push([step, followed]);
      void follow(20);
    });
  await time.run(10_000, () => false);
  expect(seen).toEqual(seen.map((_, step) => [step, step]));
  expect(time.now()).toBe(10_000);
});
