import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webSetting } from '../../channels/whatsapp/web/webSetting.ts';
import type { PersonLinks } from '../../runtime/personLinks.ts';
import type { EngineUnderTest } from '../support/startEngine.ts';
import { type PagesUnderTest, startPages } from './startPages.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 25, 9);
let pages: PagesUnderTest;
let world: EngineUnderTest;
let links: PersonLinks;
let count = 0;

beforeAll(async () => {
  pages = await startPages(Date.UTC(2026, 10, 24, 9));
  ({ world, links } = pages);
});
afterAll(() => pages.close());

/** Anna has an interview tomorrow at noon in Moscow, and is reached in Telegram. */
const anna = async (): Promise<{ id: string; application: string; page: string }> => {
  count += 1;
  const { engine, db } = world;
  const id = `lead${count}`;
  const added = await engine.desk.addCandidate({
    id,
    name: 'Анна Кузнецова',
    phone: `+7916000000${count}`,
    vacancy: 'driver',
    source: 'hh',
    by: 'recruiter1',
  });
  const { candidate, application } = added;
  const set = {
    channels: [{ channel: 'telegram' as const, address: String(count) }],
    consent: { version: '1', at: 1 },
    email: `anna${count}@mail.ru`,
  };
  await db.candidates.updateOne({ _id: candidate }, { $set: set });
  const order = {
    type: 'setInterview',
    interviewer: 'recruiter1',
    start: start + count * 20 * 60_000,
  } as const;
  const event = { id: `set${count}`, application, by: 'recruiter1', format: 'phone', ...order } as const;
  expect((await engine.desk.perform(candidate, event)).ok).toBe(true);
  await world.quiet();
  return { id: candidate, application, page: links.page(application) ?? '' };
};
const get: PagesUnderTest['get'] = (...asked) => pages.get(...asked);
const post = async (url: string, body: Record<string, string>) => {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(body) });
  return { status: response.status, text: await response.text() };
};
/** The button whose label has this in it, as its form sends it. */
const button = (html: string, label: string) => {
  const form = html.split('<form').find((one) => one.includes(`>${label}`)) ?? '';
  const of = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1] ?? '';
  return { data: of('data'), once: of('once') };
};
const state = async (id: string) => (await world.db.candidates.findOne({ _id: id }))?.applications[0];

describe("the person's page", () => {
  test('[X-05] shows their interview in their language and zone, and no more of them', async () => {
    const { page } = await anna();
    const { status, headers, text } = await get(page);
    expect(status).toBe(200);
    expect(text).toMatch(/среда, 25 ноября, 12:20<\/b> \(UTC\+3\)/);
    expect(text).toContain('Добавить в календарь');
    expect(text).toContain('https://t.me/bot');
    expect(text).not.toMatch(/Кузнецова|\+?7916|mail\.ru/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('[P-07] another time is chosen on the page itself, and a press that comes twice is one', async () => {
    const { page, id } = await anna();
    const move = button((await get(page)).text, 'Другое время');
    const formats = await post(page, move);
    const days = await post(page, button(formats.text, 'По телефону'));
    expect(days.text).toContain('В какой день вам удобно?');
    const day = button(days.text, 'пт');
    const times = await post(page, day);
    expect(await post(page, day)).toMatchObject({ status: 200 });
    const done = await post(page, button(times.text, '12:00'));
    expect(done.text).toMatch(/пятница, 27 ноября, 12:00/);
    expect((await state(id))?.interview?.start).toBe(Date.UTC(2026, 10, 27, 9));
    await world.quiet();
    const told = world.sent.filter((one) => one.text.includes('27 ноября'));
    expect(new Set(told.map(({ channel }) => channel))).toContain('telegram');
  });

  test('calling off asks for the reason there', async () => {
    const { page, id } = await anna();
    const asked = await post(page, button((await get(page)).text, 'Не смогу'));
    await post(page, button(asked.text, 'Оставить'));
    expect((await state(id))?.stage).toBe('interview');
  });

  test('whose every chat is blocked uses the page, and nobody is called to help', async () => {
    const { page, id } = await anna();
    await world.db.candidates.updateOne({ _id: id }, { $set: { 'channels.0.blocked': true } });
    await post(page, button((await get(page)).text, 'Другое время'));
    await world.quiet();
    const tasks = (await state(id))?.tasks.filter(({ done }) => done === undefined) ?? [];
    expect(tasks.map(({ kind }) => kind)).not.toContain('undelivered');
    expect((await world.db.candidates.findOne({ _id: id }))?.channels[0]?.blocked).toBe(true);
  });

  test('a link acts on nobody else, and a broken one on nothing', async () => {
    const [one, two] = [await anna(), await anna()];
    await post(one.page, { data: `i:${two.application}:1:move`, once: 'abcdefgh' });
    expect((await world.db.candidates.findOne({ _id: two.id }))?.dialog).toBeUndefined();
    const forged = one.page.replace(one.application, two.application);
    expect((await get(forged)).status).toBe(404);
    expect((await get(`${pages.base}/p/nonsense`, 'en')).text).toContain('no such page');
  });

  test('the calendar file is theirs', async () => {
    const { page, application } = await anna();
    const { headers, text } = await get(`${page}/interview.ics`);
    expect(headers.get('content-type')).toContain('text/calendar');
    expect(text).toContain(`UID:interview-${application}`);
  });

  test('[X-09] no more letters: asked by a look, done by a press of the mail program', async () => {
    const { application, id } = await anna();
    const url = links.optOut(application) ?? '';
    const mailbox = async () => (await world.db.candidates.findOne({ _id: id }))?.closed?.[0];
    expect((await get(url)).text).toContain('Не присылать');
    expect(await mailbox()).toBeUndefined();
    const done = await post(url, { 'List-Unsubscribe': 'One-Click' });
    expect(done.text).toContain('Писем больше не будет');
    expect(await mailbox()).toMatchObject({ channel: 'email' });
  });

  test('[P-08] a reminder is answered on the page', async () => {
    const { page, id } = await anna();
    await world.engine.moveClock(world.clock.offset() + 4 * hour);
    await world.quiet();
    const said = await post(page, button((await get(page)).text, 'Буду'));
    expect(said.text).toContain('Вы подтвердили, что будете');
    expect((await state(id))?.interview?.reminders[0]?.confirmed).toBeGreaterThan(0);
  });

  test('an old link says so kindly', async () => {
    const { page } = await anna();
    world.clock.move(world.clock.offset() + 62 * 24 * hour);
    const { status, text } = await get(page);
    expect([status, text.includes('больше не действует')]).toEqual([410, true]);
  });
});

describe('the page with the code that links a phone', () => {
  test('[X-07] shows the code while a phone is to be linked, then that it is; other links are no key to it', async () => {
    const stands = (value: object) =>
      world.db.settings.updateOne({ _id: webSetting }, { $set: { value } }, { upsert: true });
    await stands({ state: 'link', at: 0, qr: '2@code-to-scan' });
    const code = links.code() ?? '';
    const shown = await get(code);
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('<svg');
    expect(shown.text).toContain('Связанные устройства');
    expect(shown.text).toContain('http-equiv="refresh"');
    await stands({ state: 'ready', at: 0 });
    const linked = await get(code);
    expect(linked.text).toContain('телефон привязан');
    expect(linked.text).not.toContain('<svg');
    const page = links.page('someone') ?? '';
    expect((await get(`${page}/code`)).status).toBe(404);
    expect((await get(code.replace('/code', ''))).status).toBe(410);
  });
});
