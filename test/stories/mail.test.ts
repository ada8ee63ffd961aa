import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { auditOf } from '../support/auditOf.ts';
import { eventually } from '../support/eventually.ts';
import type { Person } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
aStory((started) => {
  product = started;
});

interface Letter {
  uid: number;
  subject: string;
  text: string;
  unsubscribe: string;
  files: { type: string; text?: string }[];
}
const letters = async (address: string) =>
  (await product.sim.call('GET', `/sim/mail/letters/${address}`)) as Letter[];
const write = async (body: object) => {
  await product.sim.call('POST', '/sim/mail/send', body);
  await product.sim.idle();
};

/** An operator who left a mail address and waits for review. */
async function operator(name: string, number: string, email: string): Promise<Person> {
  const link = (await product.sim.demo()).vacancies.find(({ title }) => title.includes('Оператор'))?.start;
  const person = await product.sim.newPerson(name, 'ru', `+7916${number}`);
  await person.say(`/start ${link ?? ''}`);
  await person.tap(label('candidate.consent.yes'));
  await person.say('Работала в кол-центре');
  await person.say('60000');
  await person.say('Москва');
  await person.send({ contact: true });
  await person.sees('почту');
  await person.say(email);
  return person;
}

/** Whoever's lead it became. */
async function recruiterOf(name: string): Promise<Person> {
  for (const index of [0, 1]) {
    const member = await product.sim.role('recruiter', index);
    if ((await member.messages()).some(({ from, text }) => from === 'bot' && text.includes(name)))
      return member;
  }
  throw new Error(`nobody was told of ${name}`);
}
/** A button of the person's page, as its form sends it. */
const press = async (page: string, html: string, words: string | RegExp): Promise<string> => {
  const form = html.split('<form').find((one) => /<button/.test(one) && one.search(words) >= 0) ?? '';
  const of = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1] ?? '';
  const body = new URLSearchParams({ data: of('data'), once: of('once') });
  return (await fetch(page, { method: 'POST', body })).text();
};

describe('a letter', () => {
  test('[X-05] a reply reaches the recruiter, and their answer goes where the person is', async () => {
    const person = await operator('Вера Почтина', '5550001', 'vera@mail.test');
    const recruiter = await recruiterOf('Вера Почтина');
    await write({
      from: 'vera@mail.test',
      text: 'Когда вы ответите?',
      file: { name: 'cv.pdf', base64: 'JVBERi0=' },
    });
    const told = await recruiter.sees('Когда вы ответите?');
    expect(told.text).toContain('Вера Почтина');
    expect(told.document?.name).toBe('cv.pdf');
    await recruiter.tap(label('notice.button.reply'));
    await recruiter.say('Сегодня до вечера');
    await person.sees('Сегодня до вечера');
  });

  test('[B-07] whoever blocked the bot is invited by mail, takes a time on the page, and gets it by mail', async () => {
    const person = await operator('Ольга Письмова', '5550002', 'olga@mail.test');
    const recruiter = await recruiterOf('Ольга Письмова');
    await product.sim.call('POST', `/sim/users/${person.id}/block`, {});
    await product.sim.idle();
    await recruiter.tap(label('notice.button.card'));
    await recruiter.tap('Пригласить');
    const [invited] = await eventually(
      () => letters('olga@mail.test'),
      (list) => list.length > 0,
    );
    const page = /http:\/\/\S+\/p\/\S+/.exec(invited?.text ?? '')?.[0] ?? '';
    const formats = await (await fetch(page)).text();
    const days = await press(page, formats, 'По телефону');
    const times = await press(page, days, /value="p:\w+:\d{4}-/);
    await press(page, times, /value="p:\w+:\d{10,}"/);
    await product.sim.idle();
    const booked = (await letters('olga@mail.test')).find(({ text }) =>
      worded('candidate.slot.booked').test(text),
    );
    expect(booked).toBeDefined();
    const invitation = (await letters('olga@mail.test')).flatMap(({ files }) => files);
    expect(invitation.some(({ text }) => text?.includes('METHOD:REQUEST'))).toBe(true);
    await recruiter.sees(worded('notice.interviewSet'));
  });

  test('the audit accounts for all of it', async () => {
    expect((await auditOf({ DATA_DIR: product.dataDir })).code).toBe(0);
  });
});
