import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, startSimulator } from './support/startSimulator.ts';

let sim: Running;
beforeAll(async () => {
  sim = await startSimulator();
});
afterAll(() => sim.stop());

describe('people without a chat', () => {
  it('one on mail sees letters as messages with links for buttons, and answers by a letter', async () => {
    const person = { name: 'Вера', lang: 'ru', channel: 'email', email: 'Vera@mail.test' };
    const { id } = (await sim.call('POST', '/sim/users', person)).body;
    const { smtp } = (await sim.call('GET', '/sim/mail')).body;
    const address = new URL(smtp);
    const transport = createTransport({
      host: address.hostname,
      port: Number(address.port),
      ignoreTLS: true,
      auth: { user: address.username, pass: address.password },
    });
    await transport.sendMail({
      from: 'jobs@agency.test',
      to: 'vera@mail.test',
      subject: 'Приглашение',
      html: '<p>Ждём</p><a style="x" href="https://a.test/p?a=1&amp;b=2">Ответить</a>',
    });
    transport.close();
    const [letter] = (await sim.call('GET', `/sim/users/${id}/messages`)).body;
    expect(letter).toMatchObject({
      from: 'bot',
      buttons: [[{ label: 'Ответить', url: 'https://a.test/p?a=1&b=2' }]],
    });
    expect(letter.text).toMatch(/^Приглашение\n\nЖдём/);
    await sim.call('POST', `/sim/users/${id}/send`, { text: 'Буду', replyTo: letter.id });
    const all = (await sim.call('GET', `/sim/users/${id}/messages`)).body;
    expect(all.map(({ from }: { from: string }) => from)).toEqual(['bot', 'user']);
    expect(all[1].text).toContain('Буду');
    expect((await sim.call('POST', `/sim/users/${id}/block`, {})).status).toBe(400);
  });

  it('one on SMS sees what came to their number, and cannot write', async () => {
    const person = { name: 'Олег', lang: 'ru', channel: 'sms', phone: '+79160000001' };
    const { id } = (await sim.call('POST', '/sim/users', person)).body;
    const body = new URLSearchParams({ api_id: 'k', json: '1', 'to[79160000001]': 'Ждём https://a.test/p' });
    await fetch(`${sim.url}/smsru/sms/send`, { method: 'POST', body });
    const [sms] = (await sim.call('GET', `/sim/users/${id}/messages`)).body;
    expect(sms).toMatchObject({ text: 'Ждём https://a.test/p', buttons: [[{ url: 'https://a.test/p' }]] });
    expect((await sim.call('POST', `/sim/users/${id}/send`, { text: 'Да' })).status).toBe(400);
  });

  it('mail needs an address, SMS a number', async () => {
    const person = { name: 'Олег', lang: 'ru' };
    for (const channel of ['email', 'sms'])
      expect((await sim.call('POST', '/sim/users', { ...person, channel })).status).toBe(400);
  });
});

describe('a button in a group', () => {
  it('is pressed by a member, and the bot’s word comes back', async () => {
    await sim.bot('getMe');
    const [one, other] = [await sim.person({ name: 'Анна' }), await sim.person({ name: 'Олег' })];
    const { id } = (await sim.call('POST', '/sim/groups', { title: 'Рекрутеры', members: [one] })).body;
    const before = (await sim.bot('getUpdates')).body.result.at(-1).update_id;
    const { message_id: messageId } = (
      await sim.bot('sendMessage', {
        chat_id: id,
        text: 'Карточка',
        reply_markup: { inline_keyboard: [[{ text: 'Взять', callback_data: 's:take' }]] },
      })
    ).body.result;
    const tap = (user: number) =>
      sim.call('POST', `/sim/users/${user}/tap`, { messageId, data: 's:take', chat: id });
    const pressed = tap(one);
    const [update] = (await sim.bot('getUpdates', { timeout: 5, offset: before + 1 })).body.result;
    expect(update.callback_query).toMatchObject({
      data: 's:take',
      from: { id: one },
      message: { chat: { id }, message_id: messageId },
    });
    await sim.bot('answerCallbackQuery', { callback_query_id: update.callback_query.id, text: 'Ваш' });
    expect((await pressed).body).toEqual({ answers: [{ text: 'Ваш' }] });
    expect((await tap(other)).status).toBe(404);
  });
});
