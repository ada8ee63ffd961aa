import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditOf } from '../support/auditOf.ts';
import { eventually } from '../support/eventually.ts';
import { killChild } from '../support/killChild.ts';
import { makeCooks } from '../support/makeCooks.ts';
import { type Person } from '../support/simulator.ts';
import { type RunningProduct, startProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;

beforeAll(async () => {
  product = await startProduct();
});
afterAll(async () => {
  await product.stop();
  product.remove();
});

/** Say it while it may be impossible; a person would try again when the app shows that it was not sent. */
const insist = (person: Person, text: string) =>
  eventually(
    () =>
      person.say(text).then(
        () => true,
        () => false,
      ),
    (said) => said,
    30_000,
  );

const asked = async (person: Person, text: string) =>
  (await person.messages()).filter((message) => message.from === 'bot' && message.text.includes(text)).length;

describe('kill -9 in the middle of the questions', () => {
  test.each(['main', 'store', 'simulator'])(
    '[X-06] of %s alone: it is started again, and the talk goes on where it was',
    async (kind) => {
      const cooks = await makeCooks(product, { main: 401, store: 402, simulator: 403 }[kind] ?? 0);
      const person = await cooks.begun(`Живучий ${kind}`);
      await person.tap('2/2');
      await killChild(product, kind);
      await insist(person, '3 года');
      await person.sees('книжка');
      await person.tap(label('candidate.button.yes'));
      await person.say('завтра');
      await person.send({ contact: true });
      await person.sees(worded('candidate.slot.day'));
      expect(await asked(person, 'книжка')).toBe(1);
    },
  );

  test('[X-06] while people write: no answer is lost, none is doubled, none stands under another question', async () => {
    const cooks = await makeCooks(product, 404);
    const people: Person[] = [];
    for (let index = 0; index < 6; index += 1) people.push(await cooks.begun(`Толпа ${index}`));
    for (const kind of ['main', 'store']) {
      // What is under way when it dies: six taps, or six answers, none of them awaited.
      const under = people.map((person) =>
        kind === 'main' ? person.tap('2/2').catch(() => undefined) : person.say('7').catch(() => undefined),
      );
      await killChild(product, kind);
      await Promise.all(under);
      await product.sim.idle();
    }
    for (const person of people) {
      // A question whose sending broke off is uncertain and is never repeated by itself: who waits, asks.
      await person.say('/status');
      await person.sees('книжка');
      await person.tap(label('candidate.button.no'));
      await person.say('завтра');
      await person.send({ contact: true });
      await person.sees(worded('candidate.screened'));
    }
  });

  test('[P-08] a reminder that came due while everything was down is sent at the next start, once, and the later one at its time', async () => {
    const cooks = await makeCooks(product, 405);
    const { person, start } = await cooks.booked('Напоминаев');
    const before = (hours: number): string => new Date(start - hours * 3_600_000).toISOString();
    await product.sim.to(before(24.001));
    await product.kill();
    product = await startProduct(product.dataDir);
    const again = product.sim.person(person.id);
    await again.sees(worded('candidate.reminder.days'));
    // The rest of the interview's alarms outlive the start as well.
    await product.sim.to(before(2.9));
    await again.sees(worded('candidate.reminder.hours'));
    expect(
      (await again.messages()).filter(({ text }) => worded('candidate.reminder.days').test(text)),
    ).toHaveLength(1);
  });

  test('[X-06] afterwards every message is accounted for', async () => {
    const { code, said } = await auditOf({ DATA_DIR: product.dataDir });
    expect(code, said).toBe(0);
    expect(await (await fetch(`${product.url}/health`)).json()).toMatchObject({ failedEvents: 0 });
  });
});
