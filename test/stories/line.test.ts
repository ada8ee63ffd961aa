import { expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { auditOf } from '../support/auditOf.ts';
import { type Cooks, makeCooks } from '../support/makeCooks.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
let cooks: Cooks;

aStory(async (started) => {
  product = started;
  cooks = await makeCooks(product, 641);
});

test('[X-08] a freed time travels down the line: one by one, until somebody takes it', async () => {
  // Noon in Moscow: nobody sleeps.
  const noon =
    Math.ceil(((await product.sim.now()) - 9 * 3_600_000) / 86_400_000) * 86_400_000 + 9 * 3_600_000;
  await product.sim.to(new Date(noon).toISOString());
  const owner = await cooks.booked('Хозяин Времени');
  // Two interviewers: the second window of the same time.
  await cooks.booked('Тёзка Времени');
  const first = await cooks.booked('Первый Иван');
  const second = await cooks.screened('Второй Пётр');
  expect(first.start).toBeGreaterThan(owner.start);
  await first.person.tap(label('line.button.earlier'));
  await second.tap(label('candidate.button.noDaySuits'));
  await second.tap(label('line.button.join'));
  await second.sees(worded('line.joined'));
  await owner.person.tap(label('candidate.button.cancel'));
  await owner.person.tap(label('candidate.cancel.reason.ill'));
  await first.person.sees(worded('line.offerEarlier'));
  await first.person.tap(label('line.button.no'));
  await first.person.sees(worded('line.declined'));
  await second.sees(worded('line.offer'));
  await second.tap(label('line.button.yes'), 2);
  await second.sees(worded('candidate.slot.booked'));
  await product.sim.idle();
  const { code, said } = await auditOf({ DATA_DIR: product.dataDir });
  expect(code, said).toBe(0);
});
