import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ClientCall } from '../../flows/clientCalls/clientCall.ts';
import { startStaff, type StaffUnderTest, tuesday } from './startStaff.ts';

let t: StaffUnderTest;
beforeAll(async () => {
  t = await startStaff();
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.db.clientCalls.deleteMany({});
  await t.db.candidates.deleteMany({});
});
const anna = () => t.member('recruiter1');
const calls = async (): Promise<ClientCall> => {
  const [call] = await t.db.clientCalls.find().sort({ createdAt: -1 }).toArray();
  if (!call) throw new Error('no call');
  return call;
};
const everTold = (phone: ReturnType<StaffUnderTest['member']>, text: string) =>
  phone.messages().some((message) => message.text.includes(text));

/** A first call, written up. */
const written = {
  type: 'reportCall' as const,
  answers: {
    contactPerson: 'Иван',
    product: 'Цветы',
    immediate: 'Курьер',
    nextStep: 'презентация',
    nextContact: 'завтра',
  },
  people: [],
};

/** A first call, tomorrow at noon. */
async function planFirst(): Promise<void> {
  await anna().say('/call');
  await anna().tap('Назначить звонок');
  await anna().tap('Первый звонок');
  await anna().say('Ромашка');
  await anna().say('завтра в 12');
}

describe('/call', () => {
  it('[C-01] a first call is planned by a short wizard, and stands in the list', async () => {
    await anna().say('/call');
    expect(anna().last().text).toContain('Ближайших звонков нет');
    await planFirst();
    expect(anna().last().text).toContain('Звонок назначен: Первый звонок, <b>Ромашка</b>');
    expect(await calls()).toMatchObject({
      kind: 'first',
      company: 'Ромашка',
      manager: 'recruiter1',
      start: Date.parse('2026-11-25T09:00:00Z'),
    });
    await anna().say('/call');
    await anna().tap('1');
    expect(anna().last().text).toContain('Ведёт:');
  });

  it('[C-02] the template is asked in order; what may be is skipped; the comment goes to the head, marked Results', async () => {
    await planFirst();
    await anna().tap('Открыть звонок');
    await anna().tap('Записать итоги');
    await anna().tap('Пропустить');
    await anna().say('Иван, директор');
    await anna().say('Доставка цветов');
    await anna().tap('Пропустить');
    await anna().say('Россия, Казань');
    await anna().tap('Оставить «worldwide»');
    await anna().say('Два курьера, full time');
    await anna().tap('Пропустить');
    await anna().say('презентация и пример договора');
    await anna().say('keep in touch by email');
    expect(anna().last().text).toContain('Итоги записаны');
    const head = t.member('head');
    for (const words of [
      '<b>Results</b> · Первый звонок · Ромашка',
      'Company Name: Ромашка',
      'Contact Person: Иван, директор',
      'Target Audience: worldwide',
      'Next Step: презентация и пример договора',
      'SM:',
    ])
      expect(everTold(head, words)).toBe(true);
    expect((await calls()).result).toMatchObject({ mark: 'results', by: 'recruiter1' });
  });

  it('[C-06] the check-list is ticked where it stands', async () => {
    await planFirst();
    const { _id } = await calls();
    await t.engine.clientCalls.perform(_id, { id: `r-${_id}`, by: 'recruiter1', ...written });
    await anna().say('/call');
    expect(anna().last().text).toContain('осталось дел: 5');
    await anna().tap('1');
    await anna().tap('▫️ Отправить заказчику, о чём договорились: презентация');
    expect(
      anna()
        .last()
        .buttons.flat()
        .some(({ text }) => text.startsWith('✅ Отправить заказчику')),
    ).toBe(true);
    expect((await calls()).todo[0]).toMatchObject({ id: 'agreed', by: 'recruiter1' });
    await anna().tap('✅ Отправить заказчику');
    expect((await calls()).todo[0]?.done).toBeUndefined();
  });

  it('[C-01] [C-05] an interview with people: who was liked stands on their own cards, with the terms of a hire', async () => {
    await t.candidate('k1', { name: 'Борис Первый' }, { stage: 'clientInterview', taken: 1 });
    await t.candidate('k2', { name: 'Вера Вторая' }, { stage: 'clientInterview', taken: 1 });
    await anna().say('/call');
    await anna().tap('Назначить звонок');
    await anna().tap('Собеседование с заказчиком');
    const client = await t.db.members.findOne({ role: 'client' });
    await anna().tap((client?.company ?? client?.name ?? '').slice(0, 20));
    await anna().say('когда-нибудь');
    expect(anna().last().text).toContain('День и час понять не получилось');
    await anna().say('послезавтра в 15');
    await anna().tap('Борис Первый');
    await anna().tap('Вера Вторая');
    await anna().tap('Готово');
    expect(anna().last().text).toContain('Звонок назначен');
    await t.quiet();
    expect(everTold(t.member('client'), 'Назначена встреча')).toBe(true);
    expect(everTold(t.person(701), 'Назначена встреча с заказчиком')).toBe(true);
    await anna().tap('Открыть звонок');
    await anna().tap('Записать итоги');
    await anna().say('Пять лет опыта');
    await anna().say('Понравился');
    await anna().tap('нанимают');
    await anna().say('15.12');
    await anna().say('дорого');
    expect(anna().last().text).toContain('число и валюту');
    await anna().say('1 500 usd');
    await anna().say('https://example.com/contract');
    await anna().say('Волновалась');
    await anna().tap('Пропустить');
    await anna().tap('не выбран');
    await anna().tap('Пропустить');
    expect(anna().last().text).toContain('Итоги записаны');
    await t.quiet();
    const hired = await t.application('a-k1');
    expect(hired.notes).toMatchObject([{ text: 'Пять лет опыта – Понравился', mark: 'freshResults' }]);
    expect(hired.fields).toMatchObject({
      clientDecision: { value: 'approved' },
      price: { value: 1500 },
      currency: { value: 'USD' },
      contract: { value: 'https://example.com/contract' },
    });
    expect((await t.application('a-k2')).fields).toMatchObject({ clientDecision: { value: 'refused' } });
    expect((await calls()).todo.map(({ id }) => id)).toEqual(['asked', 'contract', 'introductory']);
    await anna().say('/candidates Борис Первый');
    await anna().tap('1');
    expect(anna().last().text).toContain('Fresh Results');
  });

  it('[C-01] moved by a typed time, called off after a question', async () => {
    await planFirst();
    await anna().tap('Открыть звонок');
    await anna().tap('Перенести');
    await anna().say('вчера');
    await anna().say('в пятницу в 10');
    expect((await calls()).start).toBe(Date.parse('2026-11-27T07:00:00Z'));
    await anna().tap('Отменить звонок');
    await anna().tap('Да, отменить');
    expect((await calls()).cancelled).toBeDefined();
    await anna().tapFrom(`cc:report:${(await calls())._id}`);
    expect(t.toast()?.text).toContain('закончен');
  });

  it('[C-01] a call that was held already is written up at once; the same press again plans no second one', async () => {
    await anna().say('/call');
    await anna().tap('Назначить звонок');
    await anna().tap('Повторный звонок');
    await anna().say('Василёк');
    await anna().tap('Звонок уже был');
    await t.again();
    expect(await t.db.clientCalls.countDocuments({})).toBe(1);
    await anna().tap('Записать итоги');
    await anna().say('Уточнили график');
    await anna().tap('Пропустить');
    expect((await calls()).result).toMatchObject({ answers: { summary: 'Уточнили график' } });
  });

  it('[C-01] [A-21] a call stands in the calendar of who holds it, by a kind of its own', async () => {
    await planFirst();
    await anna().say('/calendar');
    expect(anna().last().text).toContain('12:00 📞 <b>Ромашка</b>, Первый звонок');
    await anna().tap('📞 Звонки (1)');
    await anna().tap(/^1$/);
    expect(anna().last().text).toContain('Ведёт:');
    await t.member('recruiter2').say('/calendar');
    expect(t.member('recruiter2').last().text).not.toContain('Ромашка');
    await anna().tap('Отменить звонок');
    await anna().tap('Да, отменить');
    await anna().say('/calendar');
    expect(anna().last().text).not.toContain('Ромашка');
  });

  it('[C-01] [A-22] today shows the call; from its start it is a task to write it up, then to send what was agreed', async () => {
    await planFirst();
    const { _id } = await calls();
    await anna().say('/tasks');
    expect(anna().last().text).not.toContain('Ромашка');
    await t.db.clientCalls.updateOne({ _id }, { $set: { start: tuesday - 7_200_000 } });
    await anna().say('/today');
    expect(anna().last().text).toContain('<b>09:00</b> 📞 Первый звонок: Ромашка');
    expect(anna().last().text).toContain('❗️ записать итоги звонка: Первый звонок, Ромашка');
    await t.member('recruiter2').say('/tasks');
    expect(t.member('recruiter2').last().text).not.toContain('Ромашка');
    const head = t.member('head');
    await head.say('/control');
    expect(head.last().text).toContain('задач: 1, просрочено: 1');
    await head.tap('Просрочено: ');
    expect(head.last().text).toContain('⏰ вторник, 24 ноября, 09:30: записать итоги звонка');
    await head.tap(/^1$/);
    expect(head.last().text).toContain('Ведёт:');
    await t.engine.clientCalls.perform(_id, { id: `w-${_id}`, by: 'recruiter1', ...written });
    await anna().say('/tasks');
    expect(anna().last().text).toContain('закончить дела после звонка (осталось: 5)');
    expect(anna().last().text).toContain('Первый звонок: <b>Ромашка</b>');
    for (const { id } of (await calls()).todo)
      await t.engine.clientCalls.perform(_id, {
        id: `${_id}-${id}`,
        by: 'recruiter1',
        type: 'tickTodo',
        todo: id,
        on: true,
      });
    await anna().tap('По кандидатам');
    expect(anna().last().text).toContain('Задач нет');
    await anna().say('/today');
    expect(anna().last().text).toContain('Ромашка ✓ итоги записаны');
  });

  it('[K-08] a client finds their own calls beside the interviews, not another’s', async () => {
    const at = { kind: 'repeat' as const, start: tuesday + 86_400_000, manager: 'recruiter1', people: [] };
    const plan = (id: string, client?: string) =>
      t.engine.clientCalls.plan({
        ...at,
        id,
        by: 'recruiter1',
        type: 'planCall',
        company: id,
        ...(client && { client }),
      });
    const mine = await plan('Наша', 'client');
    await plan('Чужая');
    const client = t.member('client');
    await client.say('/interviews');
    expect(client.last().text).toContain('Звонки с агентством');
    expect(client.last().text.match(/Повторный звонок/g)).toHaveLength(1);
    if (!mine.ok) throw new Error(mine.code);
    const off = { id: 'off', by: 'recruiter1', type: 'cancelCall' as const };
    await t.engine.clientCalls.perform(mine.call._id, off);
    await client.say('/interviews');
    expect(client.last().text).not.toContain('Звонки с агентством');
  });

  it('[K-01] a client reaches none of it', async () => {
    await planFirst();
    const client = t.member('client');
    await client.say('/call');
    await client.tapFrom(`cc:open:${(await calls())._id}`);
    expect(everTold(client, 'Ведёт:')).toBe(false);
  });
});
