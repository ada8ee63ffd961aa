import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { besides } from '../../api/page/member/besides.ts';
import type { Application, Candidate, Interview, Task } from '../../flows/candidate.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import type { MemberPage } from '../../runtime/personLinks.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { listed } from '../support/listed.ts';
import { type PagesUnderTest, startPages } from './startPages.ts';

/** Tuesday, noon in Moscow. */
const now = Date.UTC(2026, 10, 24, 9);
const hour = 3_600_000;
let pages: PagesUnderTest;
let link: (member: string, page?: MemberPage) => string;

beforeAll(async () => {
  pages = await startPages(now);
  link = (member, page = 'control') => pages.links.member(member, page) ?? '';
});
afterAll(() => pages.close());
beforeEach(() => pages.world.db.candidates.deleteMany({}));

const task = (id: string, member: string, due: number, more: Partial<Task> = {}): Task => ({
  id,
  kind: 'decision',
  member,
  createdAt: 0,
  due,
  passed: 0,
  ...more,
});

/** Somebody with one application. */
const made = (id: string, name: string, application: Partial<Application> = {}): Candidate =>
  listed({
    ...newCandidate(id, defaultPolicy, now),
    channels: [{ channel: 'telegram', address: id }],
    name,
    phone: '+79160000001',
    applications: [
      {
        id: `a-${id}`,
        vacancy: 'driver',
        source: 'hh',
        createdAt: now,
        stage: 'decision',
        stageAt: now,
        answers: {},
        recruiter: 'recruiter1',
        interviewVersion: 0,
        tasks: [],
        notes: [],
        files: [],
        ...application,
      },
    ],
  });
const person = async (...of: Parameters<typeof made>) =>
  void (await pages.world.db.candidates.insertOne(made(...of)));

/** The rows of the deals' table, their words alone. */
const rows = (text: string) =>
  (/<table class="deals".*?<\/table>/s.exec(text)?.[0].split('<tr role="row"').slice(2) ?? []).map((row) =>
    `<${row}`
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );

describe('[B-11] the control as a page', () => {
  beforeEach(async () => {
    await person('boris', 'Борис', {
      taken: now,
      tasks: [task('1', 'recruiter1', now - hour), task('2', 'recruiter1', now + hour)],
    });
    await person('anna', 'Анна', { stage: 'review', vacancy: 'cook' });
    await person('vera', 'Вера', {
      stage: 'interview',
      recruiter: 'recruiter2',
      interview: {
        interviewer: 'recruiter2',
        start: now + 3 * hour,
        format: 'phone',
        bookedAt: now,
        reminders: [],
      },
      tasks: [task('3', 'recruiter2', now + 5 * hour)],
    });
    await person('gone', 'Глеб', { stage: 'refused' });
  });

  test('every open deal with what comes next, the most urgent first', async () => {
    const { status, text } = await pages.get(link('head'));
    expect(status).toBe(200);
    expect(text).toContain('Сделок в работе: 3 · просрочено задач: 1');
    expect(text).toContain('12:00, время UTC+3 (Москва)');
    const [boris, vera, anna, ...others] = rows(text);
    expect(boris).toMatch(/Борис .*Водитель.*Северный|Борис .*просрочено/);
    expect(boris).toMatch(/вт, 24 нояб\., 11:00 просрочено$/);
    expect(boris).toContain('и ещё задач: 1');
    expect(vera).toMatch(/Вера .*Встреча: по телефону вт, 24 нояб\., 15:00$/);
    expect(anna).toMatch(/Анна .*ещё не в работе шага нет$/);
    expect(others).toEqual([]);
    expect(text).toContain('href="https://t.me/bot?start=card_a-boris"');
  });

  test.each([
    ['manager=recruiter2', ['Вера']],
    ['vacancy=cook', ['Анна']],
    ['late=1', ['Борис']],
    ['late=1&manager=recruiter2', []],
    ['manager=-', []],
    [`stage=${encodeURIComponent('Собеседование назначено')}`, ['Вера']],
    ['manager[]=a&vacancy[b]=c&page=-4&late=yes', ['Борис', 'Вера', 'Анна']],
    ['page=999', ['Борис', 'Вера', 'Анна']],
  ])('asked for %s', async (query, names) => {
    const { status, text } = await pages.get(`${link('head')}?${query}`);
    expect(status).toBe(200);
    expect(rows(text).map((row) => row.split(' ')[0])).toEqual(names);
  });

  test('whose manager has left is nobody’s, and says so', async () => {
    const { members } = pages.world.db;
    await members.updateOne({ _id: 'recruiter2' }, { $set: { active: false } });
    const { text } = await pages.get(`${link('head')}?manager=-`);
    await members.updateOne({ _id: 'recruiter2' }, { $set: { active: true } });
    expect(rows(text)).toEqual([expect.stringMatching(/^Вера .*Игорь Лебедев больше не в команде/)]);
  });

  test('how each manager stands leads to what it counts; calls with clients are counted too', async () => {
    const { clientCalls } = pages.world.db;
    await clientCalls.insertOne({
      _id: 'call',
      version: 1,
      kind: 'first',
      start: now - 26 * hour,
      manager: 'recruiter1',
      company: 'ООО «Ромашка»',
      people: [],
      moves: 0,
      todo: [],
      createdAt: now,
      by: 'recruiter1',
      decided: [],
      outbox: [],
    });
    const { text } = await pages.get(link('head'));
    const first = /<a href="([^"]*manager=recruiter1)".*?<\/tr>/s.exec(text);
    expect([...(first?.[0].matchAll(/>(\d+)</g) ?? [])].map(([, count]) => count)).toEqual(['2', '3', '2']);
    expect(text).toMatch(
      /start=call_call"\s*>ООО «Ромашка»<\/a\s*>,\s+Первый звонок: записать итоги звонка\. Мария Ковалёва, .*\s+.*просрочено/,
    );
    const theirs = await pages.get(pages.base + (first?.[1] ?? ''));
    await clientCalls.deleteMany({});
    expect(rows(theirs.text)).toHaveLength(2);
    expect(theirs.text).toMatch(/value="recruiter1"\s+selected/);
  });
});

describe('[B-11] who may open it', () => {
  test('its own headers: nothing is kept by anybody, one script of ours, no address is told on', async () => {
    const { headers, text } = await pages.get(link('head'));
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('content-language')).toBe('ru');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none';.*script-src 'sha256-/);
    const script = /<script>(.*?)<\/script>/s.exec(text)?.[1] ?? '';
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script));
    expect(policy).toContain(Buffer.from(digest).toString('base64'));
  });

  test.each([
    ['a recruiter', 'recruiter1'],
    ['a client', 'client'],
  ])('%s is told that it is not theirs', async (_who, id) => {
    const { status, text } = await pages.get(link(id), 'en');
    expect([status, text.includes('С вашей нынешней ролью')]).toEqual([403, true]);
  });

  test('whoever has left or is not the head any more sees nothing from then on', async () => {
    const { db } = pages.world;
    const url = link('head');
    await person('boris', 'Борис');
    const set = (change: object) => db.members.updateOne({ _id: 'head' }, { $set: change });
    await set({ active: false });
    const left = await pages.get(url);
    await set({ active: true, role: 'recruiter' });
    const lower = await pages.get(url);
    await set({ role: 'head' });
    expect([left.status, lower.status, (await pages.get(url)).status]).toEqual([403, 403, 200]);
    expect(left.text).toContain('Доступ закрыт');
    expect(left.text + lower.text).not.toContain('Борис');
  });

  test('a link that was changed, made up, another’s, too old or of another kind opens nothing', async () => {
    const own = link('recruiter1');
    const statuses = async (...urls: string[]) =>
      Promise.all(urls.map(async (url) => (await pages.get(url)).status));
    const application = pages.links.page('a-boris') ?? '';
    expect(
      await statuses(
        own.replace('~recruiter1', '~head'),
        own.replace(/.(?=\/control$)/, (sign) => (sign === 'A' ? 'B' : 'A')),
        `${pages.base}/p/~head.zzzzzz.AAAAAAAAAAAAAAAA/control`,
        `${pages.base}/p/~head/control`,
        `${application}/control`,
        own.replace('/control', ''),
        own.replace('/control', '/code'),
        own.replace('/control', '/mail'),
        link('nobody'),
      ),
    ).toEqual([404, 404, 404, 404, 404, 404, 404, 404, 403]);
  });

  test('is in the language of its reader', async () => {
    const { db } = pages.world;
    await person('boris', 'Boris', { tasks: [task('1', 'recruiter1', now - hour)] });
    await db.members.updateOne({ _id: 'head' }, { $set: { lang: 'en' } });
    const [control, calendar] = [await pages.get(link('head')), await pages.get(link('head', 'calendar'))];
    await db.members.updateOne({ _id: 'head' }, { $set: { lang: 'ru' } });
    expect(control.text).toMatch(/lang="en"[^]*Deals in work: 1 · overdue tasks: 1/);
    expect(calendar.text).toMatch(/Phone[^]*No meetings\./);
  });

  test('it is good today and tomorrow', async () => {
    const { clock } = pages.world;
    const url = link('head');
    const before = clock.offset();
    clock.move(before + 24 * hour);
    const tomorrow = await pages.get(url);
    clock.move(before + 48 * hour);
    const later = await pages.get(url);
    clock.move(before);
    expect([tomorrow.status, later.status]).toEqual([200, 410]);
    expect(later.text).toContain('Эта ссылка устарела');
  });

  test('what people call themselves and their vacancies is shown, and nothing of it runs', async () => {
    const { db } = pages.world;
    const evil = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;
    await person('evil', evil, { vacancy: 'evil', stage: 'review' });
    await person('long', 'Ы'.repeat(5_000));
    const driver = pages.world.vacancies.find(({ _id }) => _id === 'driver');
    if (!driver) throw new Error('the demo has no driver');
    await db.vacancies.insertOne({ ...driver, _id: 'evil', title: { ru: evil } });
    await db.members.updateOne({ _id: 'recruiter1' }, { $set: { name: evil } });
    const { text } = await pages.get(`${link('head')}?stage=${encodeURIComponent(evil)}&manager=${evil}`);
    const all = await pages.get(link('head'));
    await db.vacancies.deleteOne({ _id: 'evil' });
    await db.members.updateOne({ _id: 'recruiter1' }, { $set: { name: 'Мария Ковалёва' } });
    for (const one of [text, all.text]) {
      expect(one.match(/<script>/g)).toHaveLength(1);
      expect(one).not.toContain('<img');
      expect(one).toContain('&#60;script&#62;alert(1)');
    }
    expect(rows(all.text)).toHaveLength(2);
    expect(all.text).not.toContain('Ы'.repeat(101));
  });

  test('a thousand deals: a hundred at a time, in well under a second', async () => {
    await pages.world.db.candidates.insertMany(
      Array.from({ length: 1_000 }, (_none, index) =>
        made(`p${index}`, `Имя ${index}`, { tasks: [task('1', 'recruiter1', now + index * 60_000)] }),
      ),
    );
    const begun = performance.now();
    const { text } = await pages.get(link('head'));
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(rows(text)).toHaveLength(100);
    expect(text).toContain('1–100 из 1000');
    const next = /href="([^"]*page=2)"/.exec(text)?.[1] ?? '';
    const second = await pages.get(pages.base + next);
    expect(rows(second.text)[0]).toContain('Имя 100');
    expect(second.text).toContain('101–200 из 1000');
  });
});

/** The entries of a calendar's day, in their order: words alone. */
const day = (text: string, date: string) =>
  [...(text.split(`id="d${date}"`)[1]?.split('<section')[0] ?? '').matchAll(/<li.*?<\/li>/gs)].map(([item]) =>
    item
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
/** When something is, in Moscow. */
const at = (time: string) => Date.parse(`${time}:00+03:00`);
const meeting = (time: string, more: Partial<Interview> = {}): Interview => ({
  interviewer: 'recruiter1',
  start: at(time),
  format: 'phone',
  bookedAt: now,
  reminders: [],
  ...more,
});

describe('[A-21] the calendar as a page', () => {
  beforeEach(async () => {
    const { db } = pages.world;
    await db.groups.deleteMany({});
    await db.clientCalls.deleteMany({});
    const meets = (id: string, name: string, interview: Interview, more: Partial<Application> = {}) =>
      person(id, name, { stage: 'interview', interview, ...more });
    await meets('anna', 'Анна', meeting('2026-11-25T15:00'));
    await meets(
      'boris',
      'Борис',
      meeting('2026-11-25T15:10', { format: 'zoom', interviewer: 'recruiter2' }),
      {
        recruiter: 'recruiter2',
        vacancy: 'operator',
      },
    );
    await meets('vera', 'Вера', meeting('2026-11-24T11:00', { kind: 'client', interviewer: 'client' }));
    await meets('next', 'Нина', meeting('2026-11-30T00:00'));
    await person('start', 'Олег', {
      stage: 'starting',
      fields: { startDate: { value: at('2026-11-26T00:00'), by: 'recruiter1', at: now } },
    });
    await person('gone', 'Павел', {
      stage: 'refused',
      fields: { startDate: { value: at('2026-11-26T00:00'), by: 'recruiter1', at: now } },
    });
    await person('sealed', 'Роман', {
      stage: 'hired',
      fields: { startDate: { value: at('2026-11-26T00:00'), by: 'recruiter1', at: now } },
    });
    await db.candidates.updateOne(
      { _id: 'sealed' },
      { $set: { forgotten: { at: now, by: 'bot', event: 'e' } }, $unset: { name: 1 } },
    );
    await pages.world.engine.groups.make(
      {
        _id: `g${performance.now()}`,
        kind: 'training',
        vacancy: 'driver',
        start: at('2026-11-27T12:00'),
        minutes: 60,
        places: 5,
        format: 'office',
        host: 'recruiter1',
        by: 'recruiter1',
        createdAt: now,
      },
      'e',
    );
  });

  test('a week by kinds with its zone; the head sees everybody’s, with whose they are', async () => {
    const { text } = await pages.get(link('head', 'calendar'));
    expect(text).toContain('время UTC+3 (Москва)');
    expect(text).toContain('23 ноября 2026 – 29 ноября 2026');
    expect(day(text, '2026-11-24')).toEqual([
      '11:00 🏢 Вера С заказчиком · Водитель категории C, по телефону · Мария Ковалёва',
      'Сейчас 12:00',
    ]);
    expect(day(text, '2026-11-25')).toEqual([
      '15:00 ☎️ Анна Телефон · Водитель категории C, по телефону · Мария Ковалёва',
      '15:10 🤝 Борис Zoom или офис · Оператор поддержки, видеовстреча · Игорь Лебедев',
    ]);
    expect(day(text, '2026-11-26')).toEqual([
      '🎉 Олег Выход на работу · Водитель категории C · Мария Ковалёва',
    ]);
    expect(day(text, '2026-11-27')[0]).toMatch(/^12:00 👥 Обучение Группа · .*мест занято: 0 из 5/);
    expect(text).toMatch(/start=card_a-anna[^]*start=group_g/);
    // Side by side where they overlap, each at its minute of the day.
    expect(text).toMatch(/--from:360;--for:20;--lane:0;--lanes:2/);
    expect(text).toMatch(/--from:370;--for:20;--lane:1;--lanes:2/);
    expect(text).not.toMatch(/Нина|Павел|7916/);
    const next = /href="([^"]*week=2026-11-30[^"]*)"/.exec(text)?.[1] ?? '';
    expect(day((await pages.get(pages.base + next)).text, '2026-11-30')[0]).toMatch(/^00:00 \S+ Нина/);
  });

  test.each([
    ['kind=phone', ['Анна']],
    ['kind=start', ['Олег']],
    ['who=recruiter2', ['Борис']],
    ['who=recruiter2&kind=phone', []],
    ['week=2026-11-18', []],
    ['week=2026-99-99&kind=x&who[]=y', ['Анна', 'Борис', 'Вера', 'Обучение', 'Олег']],
  ])('the head asks for %s', async (query, names) => {
    const { status, text } = await pages.get(`${link('head', 'calendar')}?${query}`);
    expect(status).toBe(200);
    expect([...text.matchAll(/<b>([^<\d]+)<\/b>/g)].map(([, name]) => name).sort()).toEqual(names);
  });

  test('a recruiter sees their own, whoever they ask for', async () => {
    const { text } = await pages.get(`${link('recruiter2', 'calendar')}?who=recruiter1`);
    expect(text).toContain('Борис');
    expect(text).not.toMatch(/Анна|Вера|Олег|Обучение|name="who"/);
    expect(text).not.toContain('/control');
  });

  test('[K-08] [K-01] a client sees what belongs to their vacancies, without contacts and without our cards', async () => {
    const { db } = pages.world;
    await db.vacancies.updateOne({ _id: 'operator' }, { $set: { client: 'other' } });
    const { text } = await pages.get(`${link('client', 'calendar')}?who=recruiter2`);
    await db.vacancies.updateOne({ _id: 'operator' }, { $set: { client: 'client' } });
    expect(text).toMatch(/Анна/);
    expect(text).toMatch(/Обучение/);
    expect(text).not.toMatch(/Борис|7916|card_|Мария Ковалёва|\/control/);
  });

  test('a day of 25 hours: every meeting on its own day, at the hour it is called', async () => {
    const { db } = pages.world;
    await db.members.updateOne({ _id: 'recruiter1' }, { $set: { zone: 'Europe/Berlin' } });
    await person('early', 'Рита', { interview: meeting('2026-10-25T01:00') });
    await person('late', 'Соня', {
      interview: { ...meeting('2026-10-25T10:00'), start: Date.UTC(2026, 9, 25, 22, 50) },
    });
    const { text } = await pages.get(`${link('recruiter1', 'calendar')}?week=2026-10-25`);
    await db.members.updateOne({ _id: 'recruiter1' }, { $set: { zone: 'Europe/Moscow' } });
    expect(day(text, '2026-10-25').map((one) => one.replace(/^(\S+) \S+ (\S+).*/, '$1 $2'))).toEqual([
      '00:00 Рита',
      '23:50 Соня',
    ]);
    expect(text).toMatch(/--hours:24/);
    expect(text).toMatch(/--from:1430;--for:10;/);
  });

  test('the clocks go forward: an hour that is not there is no gap in what is', async () => {
    const { db } = pages.world;
    await db.members.updateOne({ _id: 'recruiter1' }, { $set: { zone: 'Europe/Berlin' } });
    await person('spring', 'Тая', {
      interview: { ...meeting('2026-11-25T01:00'), start: Date.UTC(2026, 2, 29, 1) },
    });
    const { text } = await pages.get(`${link('recruiter1', 'calendar')}?week=2026-03-29`);
    await db.members.updateOne({ _id: 'recruiter1' }, { $set: { zone: 'Europe/Moscow' } });
    expect(day(text, '2026-03-29')[0]).toMatch(/^03:00 \S+ Тая/);
  });
});

describe('[K-08] how the search goes, as a client’s page', () => {
  test('[K-01] numbers of their open vacancies alone: how many, how new, how good; and nobody’s name', async () => {
    const { db } = pages.world;
    const score = (fits: boolean) => ({ score: { points: 1, of: 2, fits, rules: [] } });
    await person('anna', 'Анна', { stage: 'review', ...score(true) });
    await person('boris', 'Борис', { stage: 'interview', createdAt: now - 8 * 24 * hour, ...score(false) });
    await person('vera', 'Вера', { stage: 'refused' });
    await person('gleb', 'Глеб', { stage: 'work', createdAt: 0 });
    await person('dora', 'Дора', { stage: 'review', vacancy: 'operator' });
    await db.vacancies.updateOne({ _id: 'driver' }, { $set: { places: 3 } });
    await db.vacancies.updateOne({ _id: 'operator' }, { $set: { client: 'other' } });
    const { text } = await pages.get(link('client', 'progress'));
    const others = await pages.get(link('recruiter1', 'progress'));
    await db.vacancies.updateOne({ _id: 'driver' }, { $unset: { places: 1 } });
    await db.vacancies.updateOne({ _id: 'operator' }, { $set: { client: 'client' } });
    expect(others.status).toBe(403);
    const driver = (text.split('id="v-driver"')[1]?.split('</section>')[0] ?? '').replaceAll(
      /<[^>]*>|\s+/g,
      ' ',
    );
    expect(driver.replaceAll(/ +/g, ' ')).toContain(
      'В работе: 3 · новых за неделю: 2 Подходят по портрету: 1 из 2 Мест занято: 1 из 3',
    );
    expect(driver.replaceAll(/ +/g, ' ')).toMatch(
      /На рассмотрении 1 Собеседование назначено 1 Испытательный срок 1 $/,
    );
    expect(text).toMatch(/v-cook/);
    expect(text).not.toMatch(/v-operator|Анна|Борис|Вера|Глеб|Дора/);
  });
});

describe('what overlaps stands side by side', () => {
  test.each([
    ['nothing', [], []],
    [
      'one after another',
      [
        [0, 20],
        [20, 40],
      ],
      ['0/1', '0/1'],
    ],
    [
      'two at once',
      [
        [0, 20],
        [0, 20],
      ],
      ['0/2', '1/2'],
    ],
    [
      'a free lane is used again',
      [
        [0, 60],
        [0, 20],
        [20, 40],
        [70, 80],
      ],
      ['0/2', '1/2', '1/2', '0/1'],
    ],
    [
      'a chain',
      [
        [0, 20],
        [10, 30],
        [25, 45],
      ],
      ['0/2', '1/2', '0/2'],
    ],
  ])('%s', (_name, stretches, places) => {
    const given = stretches.map(([from = 0, until = 0]) => ({ from, until }));
    expect(besides(given).map(({ lane, lanes }) => `${lane}/${lanes}`)).toEqual(places);
  });
});
