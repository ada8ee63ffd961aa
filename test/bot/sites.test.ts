import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Phone, type StaffUnderTest, startStaff } from './startStaff.ts';

let t: StaffUnderTest;
let head: Phone;
let recruiter: Phone;
beforeAll(async () => {
  t = await startStaff();
  head = t.member('head');
  recruiter = t.member('recruiter1');
});
afterAll(() => t.close());

const arrive = async () => {
  await t.sources.ring('avito');
  await t.sources.tick();
  await t.quiet();
};
const buttons = (phone: Phone) => phone.last().buttons.flat();
const labels = (phone: Phone) => buttons(phone).map(({ text }) => text);
const postings = async (id: string) => (await t.db.vacancies.findOne({ _id: id }))?.postings ?? [];

test('[P-01] a recruiter pastes an ad on a vacancy; what is none, or is of another vacancy, is said in plain words', async () => {
  await recruiter.say('/vacancies');
  await recruiter.tap('Повар');
  await recruiter.tap('Площадки');
  expect(recruiter.last().text).toContain('Пока ничего нет');
  await recruiter.tap('Ссылка или номер');
  await recruiter.say('моя вакансия');
  expect(recruiter.last().text).toContain('Не похоже на объявление');
  await recruiter.say('https://hh.ru/employer/77');
  expect(recruiter.last().text).toContain('нет объявления');
  await recruiter.say('https://www.avito.ru/moskva/vakansii/povar_1234567890?context=x');
  expect(recruiter.last().text).toContain('Авито: https://www.avito.ru/items/1234567890');
  await t.again();
  await recruiter.tap('Ссылка или номер');
  await recruiter.say('8 (495) 123-45-67');
  expect(await postings('cook')).toEqual([
    { source: 'avito', id: '1234567890' },
    { source: 'novofon', id: '+74951234567' },
  ]);
  await recruiter.tapData('v:postings:driver');
  await recruiter.tap('Ссылка или номер');
  await recruiter.say('avito.ru/items/1234567890');
  expect(recruiter.last().text).toMatch(/уже объявление вакансии «Повар/);
  await recruiter.say('/cancel');
  await recruiter.tapData('v:postingOff:cook:novofon:+74951234567');
  await recruiter.tapData('v:postingOff:cook:novofon:+74951234567');
  expect(await postings('cook')).toEqual([{ source: 'avito', id: '1234567890' }]);
});

test('[P-01] [B-04] the card of whoever responds shows where from, what they wrote, and opens their pages', async () => {
  t.avito.respond({
    name: 'Анна Смирнова',
    phone: '+79161112233',
    note: 'Есть <медкнижка>',
    links: [
      { kind: 'chat', url: 'https://www.avito.ru/profile/messenger/channel/u2i-1' },
      { kind: 'resume', url: 'https://www.avito.ru/resume/1' },
    ],
  });
  await arrive();
  const application = (await t.db.candidates.findOne({ phone: '+79161112233' }))?.applications[0];
  const taker = t.member(application?.recruiter ?? '');
  expect(taker.last().text).toMatch(/Новый отклик: <b>Анна Смирнова<\/b>, «Повар.*\nИсточник: Авито/);
  await taker.tap('Взять');
  await taker.tapData(`s:card:${application?.id ?? ''}`);
  expect(taker.last().text).toContain('💬 «Есть &lt;медкнижка&gt;»');
  expect(taker.last().text).toContain('+79161112233');
  expect(buttons(taker)).toEqual(
    expect.arrayContaining([
      { text: '📄 Резюме', url: 'https://www.avito.ru/resume/1' },
      { text: '✉️ Чат (Авито)', url: 'https://www.avito.ru/profile/messenger/channel/u2i-1' },
    ]),
  );
});

test('[P-01] the head puts an unknown ad on a vacancy from the message that tells of it; everybody goes there', async () => {
  t.avito.respond({ name: 'Борис', phone: '+79161112244', vacancy: '2222222222' });
  await arrive();
  expect(head.last().text).toMatch(
    /<b>Борис<\/b>: отклик по объявлению, которого нет .*\nАвито · <b>2222222222<\/b>/,
  );
  await recruiter.tapFrom('si:on:avito:2222222222:driver');
  expect(t.toast()).toMatchObject({ text: expect.stringContaining('руководитель'), show_alert: true });
  await head.tap('Поставить на вакансию');
  await head.tap('Водитель');
  expect(head.last().text).toContain('теперь это вакансия «Водитель');
  await t.again();
  await arrive();
  expect(await t.db.candidates.findOne({ phone: '+79161112244' })).toMatchObject({
    applications: [{ vacancy: 'driver', source: 'avito' }],
  });
  // The old message: it is on a vacancy already.
  await head.tapFrom('si:drop:avito:2222222222');
  expect(t.toast()).toMatchObject({ text: expect.stringContaining('уже на вакансии «Водитель') });
});

test('[P-01] what is not ours is put aside with a way back; /sites shows each source, who waits, and what is wrong', async () => {
  t.avito.respond({ name: 'Вера', vacancy: '3333333333' });
  await arrive();
  await head.tap('Не наше');
  expect(head.last().text).toContain('Отмечено как не наше');
  await head.say('/sites');
  expect(head.last().text).toMatch(
    /✅ <b>Авито<\/b>: подключено\nПрочитано: .+\nСегодня пришло: 2\. Ждут вакансии: 0/,
  );
  expect(head.last().text).toContain('NOVOFON_KEY');
  expect(head.last().text).toMatch(/Адрес для уведомлений.*: https:\/\/agency\.example\/webhooks\/word/);
  await head.tap('🚫 Авито 3333333333: 1');
  await head.tap('Всё-таки наше');
  expect(head.last().text).toMatch(/Вакансия неизвестна\. Ждут: 1\n\n• Вера/);
  await head.tap('Все площадки');
  expect(labels(head)).toContain('📥 Авито 3333333333: 1');
  t.avito.faults.push({ why: 'paid' });
  await head.tap('Прочитать сейчас');
  await t.sources.tick();
  await t.quiet();
  await head.say('/sites');
  expect(head.last().text).toContain('⚠️ <b>Авито</b>: нужен оплаченный доступ');
  await head.tap('Прочитать сейчас');
  await t.sources.tick();
  await head.say('/sites');
  expect(head.last().text).toContain('✅ <b>Авито</b>');
});

test('[P-01] a vacancy that was closed meanwhile takes nobody; the list is the way on', async () => {
  await head.tapData('si:pick:avito:3333333333:0');
  await t.engine.vacancies.change('operator', { status: 'archived' }, 'close');
  await head.tap('Оператор');
  expect(t.toast()).toMatchObject({ text: expect.stringContaining('закрыта') });
  await head.tapData('si:open:avito:9');
  expect(t.toast()).toMatchObject({ text: expect.stringContaining('никто не ждёт') });
});

test('[P-01] of a closed vacancy the head opens it again from the message, and the one who waits goes there', async () => {
  await t.engine.vacancies.change('cook', { status: 'archived' }, 'close cook');
  t.avito.respond({ name: 'Глеб', phone: '+79161112255' });
  await arrive();
  expect(head.last().text).toMatch(/<b>Глеб<\/b>: отклик на закрытую вакансию «Повар/);
  await head.tap('Вакансия');
  await head.tap('Открыть снова');
  await t.sources.tick();
  expect(await t.db.candidates.findOne({ phone: '+79161112255' })).toMatchObject({
    applications: [{ vacancy: 'cook' }],
  });
});

test('[P-01] others than the head are told whose it is', async () => {
  await recruiter.say('/sites');
  expect(recruiter.last().text).toContain('управляет руководитель');
});

test('[P-01] the head gives the consent that a site wants, by a link of their own; nobody else gets one', async () => {
  const read = async () => {
    await t.sources.ring('hh');
    await t.sources.tick();
    await head.say('/sites');
  };
  await t.db.sources.deleteOne({ _id: 'hh' });
  // Before the first attempt to read, too.
  await head.say('/sites');
  expect(head.last().text).toContain('🔑 <b>hh.ru</b>: осталось выдать доступ');
  t.hh.faults.push({ why: 'notConnected' });
  await read();
  expect(head.last().text).toContain('🔑 <b>hh.ru</b>: осталось выдать доступ');
  await head.tap('🔑 Подключить hh.ru');
  expect(buttons(head)).toEqual([{ text: 'Открыть hh.ru', url: 'https://hh.ru/oauth?state=head' }]);
  await recruiter.tapData('si:connect:hh');
  expect(t.toast()).toMatchObject({ text: expect.stringContaining('управляет руководитель') });
  await head.tapData('si:connect:avito');
  expect(t.toast()).toMatchObject({ show_alert: true });
  await read();
  expect(labels(head)).toContain('🔑 Подключить hh.ru заново');
});

test('[P-01] the card of whoever hides their phone says why there is none', async () => {
  await t.engine.vacancies.addPosting('cook', { source: 'hh', id: '5555555' }, 'head', 'hidden');
  t.hh.respond({ vacancy: '5555555', name: 'Глеб Скрытный', without: 'paid' });
  await t.sources.ring('hh');
  await t.sources.tick();
  await t.sources.tick();
  await t.quiet();
  const application = (await t.db.candidates.findOne({ name: 'Глеб Скрытный' }))?.applications[0];
  await head.tapData(`s:card:${application?.id ?? ''}`);
  expect(head.last().text).toContain('🔒 Контакты видны только с оплаченным доступом');
});
