import { Bot, GrammyError, InlineKeyboard, InputFile, Keyboard } from 'grammy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Running, startSimulator, TOKEN } from './support/startSimulator.ts';

let sim: Running;
let bot: Bot;
let running: Promise<void>;
const problems: unknown[] = [];

beforeAll(async () => {
  sim = await startSimulator();
  bot = new Bot(TOKEN, { client: { apiRoot: sim.url } });
  bot.catch(({ error }) => void problems.push(error));
  bot.command('start', (ctx) =>
    ctx.reply(`<b>Hello</b>, ${ctx.from?.first_name}: ${ctx.match}`, {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard()
        .text('Yes', 'yes')
        .text('No', 'no')
        .row()
        .copyText('Copy', 'address'),
    }),
  );
  bot.callbackQuery('yes', async (ctx) => {
    await ctx.editMessageText('Thanks');
    await ctx.answerCallbackQuery({ text: 'noted', show_alert: true });
  });
  bot.callbackQuery('no', (ctx) => void ctx);
  bot.on('message:contact', (ctx) =>
    ctx.reply(`${ctx.message.contact.phone_number} ${ctx.message.contact.user_id === ctx.from.id}`),
  );
  bot.on('message:document', async (ctx) => {
    const file = await ctx.getFile();
    const answer = await fetch(`${sim.url}/file/bot${TOKEN}/${file.file_path}`);
    await ctx.replyWithDocument(
      new InputFile(Buffer.from(await answer.arrayBuffer()), 'Копия резюме (1).pdf'),
      {
        caption: ctx.message.document.file_name,
      },
    );
  });
  bot.on(['message:photo', 'message:voice', 'message:sticker'], (ctx) =>
    ctx.reply(Object.keys(ctx.message).at(-1) ?? ''),
  );
  bot.on('edited_message:text', (ctx) => ctx.reply(`edited: ${ctx.editedMessage.text}`));
  bot.hears('keyboard', (ctx) =>
    ctx.reply('share', { reply_markup: new Keyboard().requestContact('My number').text('Back').resized() }),
  );
  bot.on('message:text', (ctx) =>
    ctx.reply(`echo ${ctx.message.text}`, { reply_parameters: { message_id: ctx.message.message_id } }),
  );
  running = bot.start();
});
afterAll(async () => {
  await bot.stop();
  await running;
  await sim.stop();
  expect(problems).toEqual([]);
});

const last = async (person: number) => {
  await sim.call('GET', '/sim/idle');
  return (await sim.call('GET', `/sim/users/${person}/messages`)).body.at(-1);
};
const send = (person: number, body: object) => sim.call('POST', `/sim/users/${person}/send`, body);

describe('unmodified grammY, polling', () => {
  test('answers a start link, with entities and buttons', async () => {
    const person = await sim.person({ started: false });
    await send(person, { text: '/start abc-123' });
    expect(await last(person)).toMatchObject({
      from: 'bot',
      text: 'Hello, Anna: abc-123',
      entities: [{ type: 'bold', offset: 0, length: 5 }],
      buttons: [
        [
          { label: 'Yes', data: 'yes' },
          { label: 'No', data: 'no' },
        ],
        [{ label: 'Copy', copy: 'address' }],
      ],
      edited: false,
    });
  });

  test('answers a tap with an alert and edits the message in place', async () => {
    const person = await sim.person();
    const { id } = await last(person);
    const tap = await sim.call('POST', `/sim/users/${person}/tap`, { messageId: id, data: 'yes' });
    expect(tap.body).toEqual({ answers: [{ text: 'noted', showAlert: true }] });
    expect(await last(person)).toMatchObject({ id, text: 'Thanks', buttons: [], edited: true });
  });

  test('a tap that the bot does not answer gives null', async () => {
    const person = await sim.person();
    const { id } = await last(person);
    const tap = await sim.call('POST', `/sim/users/${person}/tap`, { messageId: id, label: 'No' });
    expect(tap.body).toEqual({ answers: [null] });
  });

  test('gets the contact of its reply keyboard, and its text buttons as text', async () => {
    const person = await sim.person({ phone: '+79161234567' });
    await send(person, { text: 'keyboard' });
    const shown = await last(person);
    expect(shown.keyboard).toEqual([[{ label: 'My number', contact: true }, { label: 'Back' }]]);
    await sim.call('POST', `/sim/users/${person}/tap`, { messageId: shown.id, label: 'My number' });
    expect((await last(person)).text).toBe('+79161234567 true');
    await sim.call('POST', `/sim/users/${person}/tap`, { messageId: shown.id, label: 'Back' });
    expect(await last(person)).toMatchObject({ text: 'echo Back', replyTo: expect.any(Number) });
  });

  test('downloads a file and sends one back, whatever its name', async () => {
    const person = await sim.person();
    await send(person, {
      file: { name: 'Резюме Анны.pdf', base64: Buffer.from('resume').toString('base64') },
    });
    const { document, text } = await last(person);
    expect(text).toBe('Резюме Анны.pdf');
    expect(document).toMatchObject({ name: 'Копия резюме (1).pdf', size: 6 });
    const download = await fetch(sim.url + document.url);
    expect(await download.text()).toBe('resume');
    expect(download.headers.get('content-type')).toBe('application/pdf');
  });

  test.each([
    ['photo', { file: { name: 'a.png', base64: 'iVBORw0KGgo=' }, photo: true }],
    ['voice', { voice: true }],
    ['sticker', { sticker: true }],
  ])('gets a %s', async (kind, body) => {
    const person = await sim.person();
    await send(person, body);
    expect((await last(person)).text).toBe(kind);
  });

  test('gets an edited message', async () => {
    const person = await sim.person();
    const { body } = await send(person, { text: 'one' });
    await send(person, { edit: body.messageId, text: 'two' });
    expect((await last(person)).text).toBe('edited: two');
  });

  test('gets refusals as GrammyError with the code', async () => {
    await expect(bot.api.sendMessage(1, 'x')).rejects.toMatchObject({
      error_code: 400,
      description: 'Bad Request: chat not found',
    });
    await expect(bot.api.sendMessage(1, 'x')).rejects.toBeInstanceOf(GrammyError);
  });

  test('copies, forwards, pins and deletes', async () => {
    const [one, two] = [await sim.person(), await sim.person()];
    await sim.call('GET', '/sim/idle');
    const { message_id } = await bot.api.sendMessage(one, 'original', {
      entities: [{ type: 'bold', offset: 0, length: 8 }],
    });
    const copy = await bot.api.copyMessage(two, one, message_id);
    const forward = await bot.api.forwardMessage(two, one, message_id);
    expect(forward.forward_origin?.type).toBe('user');
    await bot.api.pinChatMessage(two, copy.message_id);
    const seen = (await sim.call('GET', `/sim/users/${two}/messages?after=${copy.message_id - 1}`)).body;
    expect(seen).toMatchObject([
      { text: 'original', pinned: true, entities: [{ type: 'bold' }] },
      { forwarded: true },
    ]);
    await bot.api.deleteMessage(two, copy.message_id);
    const left = (await sim.call('GET', `/sim/users/${two}/messages`)).body;
    expect(left.map(({ id }: { id: number }) => id)).not.toContain(copy.message_id);
  });

  test('sets its name, description and commands, which a person sees by scope and language', async () => {
    const [ru, en] = [await sim.person({ lang: 'ru' }), await sim.person({ lang: 'en' })];
    await bot.api.setMyName('Recruiting');
    await bot.api.setMyDescription('What I do');
    await bot.api.setMyCommands([{ command: 'help', description: 'Help' }]);
    await bot.api.setMyCommands([{ command: 'help', description: 'Помощь' }], { language_code: 'ru' });
    await bot.api.setMyCommands([{ command: 'today', description: 'Today' }], {
      scope: { type: 'chat', chat_id: en },
    });
    expect((await bot.api.getMe()).first_name).toBe('Recruiting');
    expect(await bot.api.getMyCommands({ language_code: 'ru' })).toEqual([
      { command: 'help', description: 'Помощь' },
    ]);
    expect((await sim.call('GET', `/sim/users/${ru}/menu`)).body).toMatchObject({
      bot: { name: 'Recruiting', description: 'What I do' },
      commands: [{ description: 'Помощь' }],
    });
    expect((await sim.call('GET', `/sim/users/${en}/menu`)).body.commands).toEqual([
      { command: 'today', description: 'Today' },
    ]);
    await bot.api.deleteMyCommands({ scope: { type: 'chat', chat_id: en } });
    expect((await sim.call('GET', `/sim/users/${en}/menu`)).body.commands).toEqual([
      { command: 'help', description: 'Help' },
    ]);
  });
});

test('the same call is understood as query, form, JSON and multipart', async () => {
  const person = await sim.person();
  const at = `${sim.url}/bot${TOKEN}/sendMessage`;
  const fields = {
    chat_id: String(person),
    text: 'a & b',
    reply_markup: '{"inline_keyboard":[[{"text":"x","callback_data":"y"}]]}',
  };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const answers = await Promise.all([
    fetch(`${at}?${new URLSearchParams(fields)}`),
    fetch(at, { method: 'POST', body: new URLSearchParams(fields) }),
    fetch(at, {
      method: 'POST',
      body: JSON.stringify(fields),
      headers: { 'content-type': 'application/json' },
    }),
    fetch(at, { method: 'POST', body: form }),
  ]);
  for (const answer of answers)
    expect(await answer.json()).toMatchObject({
      ok: true,
      result: { text: 'a & b', reply_markup: { inline_keyboard: [[{ callback_data: 'y' }]] } },
    });
});
