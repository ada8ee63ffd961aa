import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { auditOf } from '../support/auditOf.ts';
import { eventually } from '../support/eventually.ts';
import type { Person } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
let recruiter: Person;
aStory(async (started) => {
  product = started;
  recruiter = await product.sim.role('recruiter');
});

const address = 'irina@vkusno.test';
const letters = async (to: string) =>
  (await product.sim.call('GET', `/sim/mail/letters/${to}`)) as { subject: string; text: string }[];
const arrived = (to: string, text: RegExp) =>
  eventually(
    () => letters(to),
    (list) => list.some((letter) => text.test(letter.text)),
  );

/** A client is invited by letter; the recruiter's number is asked for once. */
async function invite(name: string, email: string): Promise<void> {
  await recruiter.say('/invite');
  await recruiter.tap('Оператор');
  await recruiter.tap(label('staff.wizard.next'));
  await recruiter.say(name);
  await recruiter.sees(worded('invite.wizard.company'));
  await recruiter.say('«Вкусный дом»');
  await recruiter.sees(worded('invite.wizard.email'));
  await recruiter.say(email);
}

describe('[K-02] a client is invited by letter', () => {
  test('the letter has the link and how to reach the recruiter, and makes them the client', async () => {
    await invite('Ирина', `Пишите: ${address}`);
    await recruiter.sees(worded('invite.wizard.phone'));
    await recruiter.say('8 916 555-00-11');
    await recruiter.sees(worded('invite.wizard.madeWithLetter'));
    const [letter] = await arrived(address, /Здравствуйте, Ирина/);
    expect(letter?.subject).toContain('Приглашение от агентства');
    expect(letter?.text).toContain('+79165550011');
    expect(letter?.text).toContain('Оператор');
    const start = /start=(inv_[\w-]+)/.exec(letter?.text ?? '')?.[1] ?? '';
    const client = await product.sim.newPerson('Ирина');
    await client.say(`/start ${start}`);
    await client.sees('Теперь вы здесь заказчик');
    await recruiter.sees(worded('invite.joined'));
    const other = await product.sim.newPerson('Посторонний');
    await other.say(`/start ${start}`);
    await other.sees(worded('staff.start.used'));
  });

  test('[C-04] fifteen minutes before a call the letter comes beside the chat’s message', async () => {
    await recruiter.say('/call');
    await recruiter.tap(label('clientCall.button.new'));
    await recruiter.tap(label('clientCall.kind.first'));
    await recruiter.tap('Вкусный дом');
    await recruiter.say('завтра в 15:00');
    await recruiter.sees(worded('clientCall.wizard.planned'));
    const before = await product.sim.now();
    const start = new Date(before + 86_400_000);
    start.setUTCHours(12, 0, 0, 0);
    await product.sim.to(new Date(start.getTime() - 16 * 60_000).toISOString());
    await product.sim.idle();
    expect((await letters(address)).some(({ text }) => text.includes('Скоро встреча'))).toBe(false);
    await product.sim.to(new Date(start.getTime() - 15 * 60_000 + 1_000).toISOString());
    await arrived(address, /Скоро встреча/);
  });

  test('one that comes back is told to whoever sent it', async () => {
    await product.sim.call('POST', '/sim/mail/faults', { address: 'wrong@vkusno.test', kind: 'bounce' });
    await invite('Олег', 'wrong@vkusno.test');
    await recruiter.sees(worded('invite.bounced'));
    await recruiter.tap(label('invite.button.open'));
    await recruiter.sees(worded('invite.access.bounced'));
  });

  test('who answers the letter is heard by whoever invited them', async () => {
    await product.sim.call('POST', '/sim/mail/send', { from: address, text: 'Спасибо, посмотрю вечером' });
    expect((await recruiter.sees('посмотрю вечером')).text).toContain('Ирина');
  });

  test('the audit accounts for all of it', async () => {
    expect((await auditOf({ DATA_DIR: product.dataDir })).code).toBe(0);
  });
});
