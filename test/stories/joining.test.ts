import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { aStory } from '../support/aStory.ts';
import { auditOf } from '../support/auditOf.ts';
import { eventually } from '../support/eventually.ts';
import { killChild } from '../support/killChild.ts';
import { makeCooks } from '../support/makeCooks.ts';
import { screenedDriver } from '../support/screenedDriver.ts';
import type { Person } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { worded } from '../support/worded.ts';

let product: RunningProduct;
aStory((started) => {
  product = started;
});

/** What `/status` answers: their applications, and what is being asked. */
async function statusOf(person: Person): Promise<string[]> {
  const before = (await person.messages()).length;
  await person.say('/status');
  return (await person.messages()).slice(before + 1).map(({ text }) => text);
}

const shapeOfGroup = z.object({ id: z.number() });
const shapeOfGroups = z.array(shapeOfGroup.extend({ topics: z.array(z.object({ id: z.number() })) }));

/** The head compares the first pair of the list; the preview of their joining stands. */
async function compares(head: Person): Promise<void> {
  await head.say('/duplicates');
  await head.tap('Сравнить 1');
  await head.tap('Объединить: 1');
  await head.sees('Объединить две карточки в одну?');
}

describe('[A-26] somebody applies twice, from two accounts', () => {
  test('the head joins them: the reminder comes once, both chats are answered, the history is one', async () => {
    const cooks = await makeCooks(product, 406);
    const { person: first, start } = await cooks.booked('Пётр Дважды');
    const second = await screenedDriver(product.sim, { name: 'Петя', phone: '+79164060001' });
    const head = await product.sim.role('head');
    await compares(head);
    const said = [(await first.messages()).length, (await second.messages()).length];
    await head.tap(/^✅ Объединить$/);
    const card = await head.sees('Объединены карточки');
    expect(card.text).toContain('Пётр Дважды');
    expect([(await first.messages()).length, (await second.messages()).length]).toEqual(said);
    await product.sim.to(new Date(start - 23.9 * 3_600_000).toISOString());
    const reminded = async (one: Person) =>
      (await one.messages()).filter(({ text }) => worded('candidate.reminder.days').test(text)).length;
    await eventually(
      async () => (await reminded(first)) + (await reminded(second)),
      (count) => count > 0,
    );
    expect((await reminded(first)) + (await reminded(second))).toBe(1);
    for (const one of [first, second]) {
      const status = (await statusOf(one)).join(' ');
      expect(status).toContain('Повар');
      expect(status).toContain('Водитель');
    }
    await head.say('/duplicates');
    expect((await head.last()).text).toMatch(worded('same.listNone'));
  });

  test('[A-19] the topic of the card that was joined is the topic of both', async () => {
    const { sim } = product;
    const head = await sim.role('head');
    const cooks = await makeCooks(product, 408);
    const first = await cooks.screened('Олег Дважды');
    const second = await screenedDriver(product.sim, { name: 'Олежка', phone: '+79164080001' });
    const members = [head.id];
    const { id: group } = shapeOfGroup.parse(
      await sim.call('POST', '/sim/groups', { title: 'Рекрутеры', members }),
    );
    const write = async (body: object) => {
      await sim.call('POST', `/sim/users/${head.id}/send`, { chat: group, ...body });
      await sim.idle();
    };
    const topics = async () =>
      shapeOfGroups.parse(await sim.call('GET', '/sim/groups')).find(({ id }) => id === group)?.topics ?? [];
    await write({ text: '/desk' });
    await second.say('/human');
    const [topic] = await eventually(topics, (list) => list.length > 0);
    await compares(head);
    await head.tap(/^✅ Объединить$/);
    await head.sees('Объединены карточки');
    await first.say('/human');
    expect(await topics()).toHaveLength(1);
    await write({ thread: topic?.id ?? 0, text: 'Здравствуйте, слушаю вас' });
    await first.sees('слушаю вас');
  });

  test('killed in the middle of joining, and of its taking back: each is whole afterwards, and nothing is lost', async () => {
    const cooks = await makeCooks(product, 407);
    const first = await cooks.screened('Анна Дважды');
    const second = await screenedDriver(product.sim, { name: 'Аня', phone: '+79164070001' });
    const head = await product.sim.role('head');
    await compares(head);
    const tapped = head.tap(/^✅ Объединить$/).catch(() => undefined);
    await killChild(product, 'main');
    await tapped;
    // The press is not lost: Telegram gives it again until it was taken.
    const joined = () => head.messages().then((all) => all.findLast(({ text }) => text.includes('и «Аня»')));
    await eventually(joined, (card) => card !== undefined, 30_000);
    const parting = head.tap('Отменить объединение').catch(() => undefined);
    await killChild(product, 'main');
    await parting;
    // Its own buttons say that it was taken back; only then somebody writes.
    await eventually(
      () => head.messages(),
      (all) => !all.some(({ text }) => text.includes('и «Аня»')),
      30_000,
    );
    await eventually(
      async () => (await statusOf(second)).join(' '),
      (text) => text.includes('Водитель') && !text.includes('Повар'),
      30_000,
    );
    const status = (await statusOf(first)).join(' ');
    expect(status).toContain('Повар');
    expect(status).not.toContain('Водитель');
    await product.sim.idle();
    expect(await auditOf({ DATA_DIR: product.dataDir })).toMatchObject({ code: 0 });
  });
});
