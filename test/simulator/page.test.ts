import chromium from '@sparticuz/chromium';
import { Bot, InlineKeyboard, Keyboard } from 'grammy';
import { createTransport } from 'nodemailer';
import { type Browser, chromium as playwright, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Running, startSimulator, TOKEN } from './support/startSimulator.ts';
import { type StubProduct, stubProduct } from './support/stubProduct.ts';

let sim: Running;
let product: StubProduct;
let bot: Bot;
let running: Promise<void>;
let browser: Browser;
let page: Page;
const errors: string[] = [];

beforeAll(async () => {
  sim = await startSimulator();
  product = await stubProduct(sim.url);
  bot = new Bot(TOKEN, { client: { apiRoot: sim.url } });
  await bot.api.setMyName('Подбор');
  await bot.api.setMyCommands([{ command: 'status', description: 'Где моя заявка' }]);
  bot.command('start', (ctx) =>
    ctx.reply(`<b>Вакансия</b> ${ctx.match}`, {
      parse_mode: 'HTML',
      reply_markup: {
        inline_keyboard: [
          [
            { text: 'Да', callback_data: 'yes', style: 'success' },
            { text: 'Нет', callback_data: 'no', style: 'danger' },
            { text: '10:00', disabled: {} },
          ],
        ],
      },
    }),
  );
  bot.callbackQuery('yes', async (ctx) => {
    await ctx.answerCallbackQuery('Записано');
    await ctx.editMessageText('Ваш номер?', { reply_markup: new InlineKeyboard().text('Назад', 'no') });
    await ctx.reply('Кнопка внизу', { reply_markup: new Keyboard().requestContact('Мой номер').resized() });
  });
  bot.callbackQuery('no', (ctx) => ctx.answerCallbackQuery({ text: 'Жаль', show_alert: true }));
  bot.on('message:contact', (ctx) =>
    ctx.reply(`Номер ${ctx.message.contact.phone_number}`, { reply_markup: { remove_keyboard: true } }),
  );
  bot.command('status', (ctx) => ctx.reply('Всё в порядке'));
  bot.on('message:text', (ctx) => ctx.reply(`Понял: ${ctx.message.text}`));
  running = bot.start();
  const people = [];
  for (const [name, role] of [
    ['Анна Петрова', 'candidate'],
    ['Игорь Орлов', 'recruiter'],
    ['Мария Ким', 'client'],
  ]) {
    const { body } = await sim.call('POST', '/sim/users', { name, lang: 'ru', phone: '+79161234567' });
    people.push({ id: body.id, name, role });
  }
  await sim.call('PUT', '/sim/demo', { people, vacancies: [{ title: 'Водитель', start: 'driver-1' }] });
  // The software GPU takes seconds of CPU to draw a shadow; without it the page is drawn in milliseconds.
  chromium.setGraphicsMode = false;
  const executablePath = await chromium.executablePath();
  browser = await playwright.launch({ executablePath, args: chromium.args, headless: true });
  page = await browser.newPage({ viewport: { width: 1280, height: 760 }, reducedMotion: 'reduce' });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (line) => void (line.type() === 'error' && errors.push(line.text())));
  await page.goto(sim.url);
});
afterAll(async () => {
  await browser.close();
  await bot.stop();
  await running;
  await product.stop();
  await sim.stop();
  expect(errors).toEqual([]);
});

const phone = (index: number) => page.locator('.phone-place').nth(index);

beforeEach(() => page.setDefaultTimeout(15_000));

test('shows three phones, and the link of a vacancy starts in the candidate’s', async () => {
  await phone(2).waitFor();
  expect(await page.locator('.phone-place').count()).toBe(3);
  await page.getByRole('button', { name: 'Водитель' }).click();
  await phone(0).locator('.bubble b', { hasText: 'Вакансия' }).waitFor();
  await phone(0).getByText('driver-1').last().waitFor();
  expect(await phone(0).getByRole('button', { name: '10:00' }).isDisabled()).toBe(true);
  expect(await phone(0).getByRole('button', { name: 'Да' }).getAttribute('class')).toContain('success');
});

test('a tap shows the answer, edits the message in place and opens the keyboard, whose button shares the contact', async () => {
  await phone(0).getByRole('button', { name: 'Нет' }).click();
  await phone(0).getByRole('alertdialog', { name: 'Жаль' }).getByRole('button', { name: 'ОК' }).click();
  await phone(0).getByRole('button', { name: 'Да' }).click();
  await phone(0).getByRole('status').getByText('Записано').waitFor();
  await phone(0).getByText('Ваш номер?').waitFor();
  await phone(0).getByText('изменено').waitFor();
  await phone(0).getByRole('button', { name: 'Мой номер' }).click();
  await phone(0).getByText('Номер +79161234567').waitFor();
  await phone(0).getByRole('button', { name: 'Мой номер' }).waitFor({ state: 'hidden' });
});

test('writes with Enter, runs a command of the menu, replies', async () => {
  await phone(0).getByRole('textbox').fill('Здравствуйте');
  await phone(0).getByRole('textbox').press('Enter');
  await phone(0).getByText('Понял: Здравствуйте').waitFor();
  await phone(0).getByRole('button', { name: 'Меню' }).click();
  await phone(0)
    .getByRole('menuitem', { name: /Где моя заявка/ })
    .click();
  await phone(0).getByText('Всё в порядке').waitFor();
});

test('moves the clock and lists what is due', async () => {
  product.plan('reminder', Date.parse((await sim.call('GET', '/sim/clock')).body.now) + 30 * 60_000);
  await sim.call('POST', '/sim/clock', { advance: '1m' });
  await page.locator('.due summary', { hasText: '1' }).click();
  await page.getByText('title of reminder').waitFor();
  await page.locator('.due summary').click();
  await page.getByRole('button', { name: '+1 ч' }).click();
  await page.locator('.due summary', { hasText: '0' }).waitFor();
  expect(product.done.map(({ what }) => what)).toEqual(['reminder']);
});

test('speaks English when told, and remembers it', async () => {
  await page.getByRole('button', { name: 'EN', exact: true }).click();
  await page.getByRole('button', { name: 'To the next event' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Practice Telegram' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
});

test('a new person gets a phone of their own and begins with START', async () => {
  await page.getByRole('button', { name: 'Person', exact: true }).click();
  await page.getByLabel('Name').fill('John Smith');
  await page.getByRole('button', { name: 'Add' }).click();
  await phone(3).getByRole('button', { name: 'START' }).click();
  await phone(3).locator('.bubble b', { hasText: 'Вакансия' }).waitFor();
});

test('somebody who is on mail reads letters in their phone, and answers by one', async () => {
  await page.getByRole('button', { name: 'Person', exact: true }).click();
  await page.getByLabel('Name').fill('Vera Post');
  await page.getByLabel('Where').selectOption('email');
  await page.getByLabel('Mail', { exact: true }).fill('vera@mail.test');
  await page.getByRole('button', { name: 'Add' }).click();
  await phone(4).getByRole('textbox').waitFor();
  const { smtp } = (await sim.call('GET', '/sim/mail')).body;
  const mailer = createTransport({ port: Number(new URL(smtp).port), host: '127.0.0.1', ignoreTLS: true });
  await mailer.sendMail({
    from: 'jobs@agency.test',
    to: 'vera@mail.test',
    subject: 'Ждём',
    text: 'Завтра в 9',
  });
  await phone(4).locator('.bubble', { hasText: 'Завтра в 9' }).waitFor();
  await phone(4).getByRole('textbox').fill('Буду');
  await phone(4).getByRole('textbox').press('Enter');
  await phone(4).locator('.row.own', { hasText: 'Буду' }).waitFor();
});

test('the group has its topics, what is written there, and a member’s words', async () => {
  const people = (await sim.call('GET', '/sim/demo')).body.people;
  await page.getByRole('button', { name: 'Group', exact: true }).click();
  const group = page.locator('.group-place');
  await group.getByText('Recruiters').waitFor();
  const [{ id, members }] = (await sim.call('GET', '/sim/groups')).body;
  expect(members).toEqual([people[1].id]);
  const { message_thread_id: thread } = await bot.api.createForumTopic(id, 'Анна Петрова · Водитель');
  await bot.api.sendMessage(id, 'Пишет кандидат', {
    message_thread_id: thread,
    reply_markup: new InlineKeyboard()
      .url('Карточка', 'https://t.me/demo_4242_bot?start=card_1')
      .text('Отказать', 'no'),
  });
  await group.getByRole('button', { name: 'Анна Петрова' }).click();
  await group.getByText('Пишет кандидат').waitFor();
  await group.getByLabel('Who writes').selectOption('Игорь Орлов');
  await group.getByRole('textbox').fill('Отвечаю');
  await group.getByRole('textbox').press('Enter');
  await group.locator('.row', { hasText: 'Понял: Отвечаю' }).waitFor();
  const own = group.locator('.row.own', { hasText: 'Отвечаю' });
  expect(await own.locator('.author').textContent()).toBe('Игорь');
  const said = (await sim.call('GET', `/sim/groups/${id}/messages?thread=${thread}`)).body;
  const answer = said.find(({ text }: { text: string }) => text === 'Отвечаю');
  await bot.api.setMessageReaction(id, answer.id, [{ type: 'emoji', emoji: '👌' }]);
  await own.getByText('👌').waitFor();
  await group.getByRole('button', { name: 'Отказать' }).click();
  await group.getByText('Жаль').waitFor();
  await group.getByRole('button', { name: 'Карточка' }).click();
  await phone(1).getByText('card_1').last().waitFor();
});

test('links to WhatsApp and MAX lead to the same person’s own phone there', async () => {
  const { people } = (await sim.call('GET', '/sim/demo')).body;
  const words = encodeURIComponent('Здравствуйте! [code_1]');
  await bot.api.sendMessage(people[0].id, 'Продолжим там?', {
    reply_markup: new InlineKeyboard()
      .url('В WhatsApp', `https://wa.me/70000000000?text=${words}`)
      .url('В MAX', 'https://max.ru/demo_max_bot?start=code_2'),
  });
  for (const [label, said, channel] of [
    ['В WhatsApp', 'Здравствуйте! [code_1]', 'WhatsApp'],
    ['В MAX', '/start code_2', 'MAX'],
  ] as const) {
    await phone(0).getByRole('button', { name: label }).click();
    const there = page.locator('.phone-place', { hasText: `· ${channel}` });
    await there.getByText(said).waitFor();
  }
  const all = (await sim.call('GET', '/sim/users')).body;
  const same = all.filter(({ name }: { name: string }) => name === people[0].name);
  expect(same.map(({ channel = 'telegram' }) => channel).sort()).toEqual(['max', 'telegram', 'whatsapp']);
  await phone(0).getByRole('button', { name: 'В WhatsApp' }).click();
  await page.getByText('Здравствуйте! [code_1]').nth(1).waitFor();
  expect((await sim.call('GET', '/sim/users')).body).toHaveLength(all.length);
});

test('under the candidate’s phone stand the letters and the SMS that came, with links to click', async () => {
  const post = phone(0).locator('.post');
  await post.getByText('Mail, SMS, Avito').click();
  await post.getByText('Nothing has come yet').waitFor();
  expect(await phone(1).locator('.post').isVisible()).toBe(false);
  await fetch(`${sim.url}/smsru/sms/send`, {
    method: 'POST',
    body: new URLSearchParams({ api_id: 'key', 'to[79161234567]': 'Ждём вас: https://example.test/i/1.' }),
  });
  const link = post.getByRole('link', { name: 'https://example.test/i/1', exact: true });
  expect(await link.getAttribute('href')).toBe('https://example.test/i/1');
  await phone(0).getByRole('textbox').fill('Моя почта anna@mail.test');
  await phone(0).getByRole('textbox').press('Enter');
  await phone(0).getByText('Понял: Моя почта').waitFor();
  const { smtp } = (await sim.call('GET', '/sim/mail')).body;
  const mailer = createTransport({ port: Number(new URL(smtp).port), host: '127.0.0.1', ignoreTLS: true });
  await mailer.sendMail({
    from: 'jobs@agency.test',
    to: 'Anna@mail.test',
    subject: 'Собеседование',
    text: 'Ответить: https://t.me/demo_4242_bot?start=letter_1',
  });
  await post.locator('li', { hasText: 'Собеседование' }).getByRole('link').click();
  await phone(0).getByText('letter_1').last().waitFor();
  expect(await post.locator('summary .badge').textContent()).toBe('2');
  await post.getByRole('button', { name: 'Respond on Avito' }).click();
  const responses = async () => (await sim.call('GET', '/sim/avito/responses')).body;
  await expect.poll(responses).toMatchObject([{ first: 'Анна', last: 'Петрова', phone: '+79161234567' }]);
});

test('on a narrow screen one phone is shown, with tabs', async () => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.getByRole('tab', { name: /Мария/ }).click();
  expect(await page.locator('.phone-place:visible').count()).toBe(1);
  await phone(2).getByRole('button', { name: 'START' }).waitFor();
});
