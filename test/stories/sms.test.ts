import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { auditOf } from '../support/auditOf.ts';
import { eventually } from '../support/eventually.ts';
import { type Cooks, makeCooks } from '../support/makeCooks.ts';
import { openBooks } from '../support/openBooks.ts';
import type { RunningProduct } from '../support/startProduct.ts';

let product: RunningProduct;
let cooks: Cooks;
aStory(async (started) => {
  product = started;
  cooks = await makeCooks(product, 777);
});

const hour = 3_600_000;
const came = async (phone: string) =>
  (await product.sim.call('GET', `/sim/sms/${phone}`)) as { text: string; cost: number }[];
const fault = (phone: string) =>
  product.sim.call('POST', '/sim/sms/faults', { phone, kind: 'nobody', times: 5 });
const block = async (id: number) => {
  await product.sim.call('POST', `/sim/users/${id}/block`, {});
  await product.sim.idle();
};

describe('an SMS', () => {
  test('[B-07] is a copy of the invitation, and the reminder of whoever blocked the bot; its link shows the page', async () => {
    const { person, start } = await cooks.booked('Анна Связь');
    await block(person.id);
    await product.sim.to(new Date(start - 24 * hour + 60_000).toISOString());
    const phone = '79167770001';
    const list = await eventually(
      () => came(phone),
      (all) => all.length >= 2,
    );
    expect(list[0]?.text).toMatch(/^Вы записаны на собеседование: .* http/);
    expect(list.at(-1)?.text).toMatch(/Подтвердите, что будете: http\S+\/p\//);
    const page = /http\S+/.exec(list.at(-1)?.text ?? '')?.[0] ?? '';
    expect(await (await fetch(page)).text()).toContain('Буду');
    const books = await openBooks(product.dataDir);
    const [row] = await books.rows(person.id, 'candidate.reminder.days');
    await books.close();
    expect(row).toMatchObject({ status: 'sent', via: { channel: 'sms' }, cost: list.at(-1)?.cost });
  });

  test('[X-05] no chat, no mailbox and no SMS: a recruiter is asked to call', async () => {
    const { person, start } = await cooks.booked('Борис Безсвязи');
    await fault('79167770002');
    await block(person.id);
    await product.sim.to(new Date(start - 3 * hour + 60_000).toISOString());
    const books = await openBooks(product.dataDir);
    const tasks = await eventually(
      async () => {
        const found = await books.db.candidates.findOne({ 'channels.address': String(person.id) });
        return found?.applications[0]?.tasks.filter(({ kind }) => kind === 'undelivered') ?? [];
      },
      (all) => all.length > 0,
    );
    await books.close();
    expect(tasks).toHaveLength(1);
  });

  test('the audit accounts for all of it', async () => {
    const { code, said } = await auditOf({ DATA_DIR: product.dataDir });
    expect([code, said]).toEqual([0, expect.anything()]);
  });
});
