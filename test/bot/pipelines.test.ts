import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startStaff, type StaffUnderTest } from './startStaff.ts';

let t: StaffUnderTest;
beforeAll(async () => {
  t = await startStaff();
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.db.candidates.deleteMany({});
  await t.db.pipelines.deleteMany({});
});

const version = async () => (await t.db.pipelines.find().toArray()).map(({ _id }) => _id).toSorted();

describe('the head edits a pipeline in the chat', () => {
  it('[B-01] shows both, their stages, and takes a new name as the next version', async () => {
    const head = t.member('head');
    await head.say('/pipeline');
    expect(head.last().text).toContain('Подбор в агентстве');
    await head.tap('Тест и собеседование');
    expect(head.last().text).toContain('Тест отправлен, оценить');
    await head.tapData('pl:stage:inHouse:own:test');
    expect(head.last().text).toContain('Отправить тестовые вопросы');
    await head.tap('Название');
    await head.say('Тест у кандидата');
    expect(head.last().text).toMatch(/Сохранено новой версией[\s\S]*Тест у кандидата/);
    expect(await version()).toEqual(['inHouse:2']);
  });

  it('[B-10] a time limit, a check-list, a new stage and its removal', async () => {
    const head = t.member('head');
    await head.tapFrom('pl:stage:agency:screening');
    expect(head.last().text).toContain('Чек-лист:\n—\nРезультаты:\n—');
    await head.tapFrom('pl:stage:agency:offer');
    await head.tap('Срок');
    await head.say('скоро');
    expect(head.last().text).toContain('Не понял срок');
    await head.say('1 ч 30 мин');
    expect(head.last().text).toContain('1 ч 30 мин');
    await head.tap('Чек-лист');
    await head.say('Спросить дату\nСпросить о пропуске');
    expect(head.last().text).toContain('☐ Спросить о пропуске');
    await head.tap('Добавить стадию после');
    await head.say('Медосмотр\nПройден');
    const [added] =
      (await t.db.pipelines.findOne({ _id: 'agency:4' }))?.stages.filter(({ stage }) =>
        stage.startsWith('own:'),
      ) ?? [];
    expect(added).toMatchObject({
      name: { words: { ru: 'Медосмотр' } },
      outcomes: [{ to: 'starting', name: { words: { ru: 'Пройден' } } }],
    });
    await head.tapFrom(`pl:stage:agency:${added?.stage}`);
    await head.tap('Удалить стадию');
    expect(await version()).toHaveLength(4);
  });

  it('[B-05] what is required is ticked, and the card asks for it by a button', async () => {
    const head = t.member('head');
    await head.tapFrom('pl:needs:agency:offer:accepted');
    await head.tap('цена');
    expect(
      head
        .last()
        .buttons.flat()
        .some(({ text }) => text.startsWith('✅ цена')),
    ).toBe(true);
    await t.candidate('c1', {}, { stage: 'offer', pipeline: { id: 'agency', version: 2 } });
    const anna = t.member('recruiter1');
    await anna.tapFrom('s:card:a-c1');
    await anna.tap('Даты есть');
    expect(anna.last().text).toMatch(/дата оффера[\s\S]*дата выхода[\s\S]*цена/);
    await anna.tap('Заполнить: цена');
    await anna.say('много');
    expect(anna.last().text).toContain('Нужно число');
    await anna.say('45 000 руб.');
    expect((await t.application('a-c1')).fields?.price?.value).toBe(45_000);
    for (const [field, value] of [
      ['дата оффера', 'завтра'],
      ['дата выхода', '15.12'],
    ] as const) {
      await anna.tapFrom('s:outcome:a-c1:accepted');
      await anna.tap(`Заполнить: ${field}`);
      await anna.say(value);
    }
    await anna.tapFrom('s:outcome:a-c1:accepted');
    expect((await t.application('a-c1')).stage).toBe('starting');
  });

  it('[B-01] open applications go over by a plan that is shown first', async () => {
    const head = t.member('head');
    await t.candidate('c1', {}, { stage: 'offer' });
    await head.tapFrom('pl:stage:agency:offer');
    await head.tap('Название');
    await head.say('Даты');
    await head.tapFrom('pl:open:agency');
    await head.tap('Перевести отклики (1)');
    expect(head.last().text).toContain('остаются на своей стадии');
    await head.tap('Перевести');
    expect((await t.application('a-c1')).pipeline).toEqual({ id: 'agency', version: 2 });
  });

  it('[B-01] a copy is one’s own; a vacancy names the pipeline its new applications go by', async () => {
    const head = t.member('head');
    await head.tapFrom('pl:copy:agency');
    await t.again();
    const [copy] = await t.db.pipelines.find().toArray();
    expect(copy).toMatchObject({ version: 1, name: { words: { ru: 'Подбор в агентстве (копия)' } } });
    expect(await version()).toHaveLength(1);
    await head.tapFrom('v:pipeline:driver');
    await head.tap('(копия)');
    expect((await t.db.vacancies.findOne({ _id: 'driver' }))?.pipeline).toBe(copy?.id);
  });

  it('[B-01] a recruiter is told that the head does it', async () => {
    const anna = t.member('recruiter1');
    await anna.say('/pipeline');
    expect(anna.last().text).toContain('руководитель');
    await anna.tapFrom('pl:remove:inHouse:own:test');
    expect(await version()).toEqual([]);
  });

  it('[P-13] a refusal of the client has its reason already, and evidence may follow', async () => {
    await t.candidate('c1', {}, { stage: 'agreeing' });
    const anna = t.member('recruiter1');
    await anna.tapFrom('s:card:a-c1');
    await anna.tap('Заказчик отказал');
    expect(await t.application('a-c1')).toMatchObject({ stage: 'refused', refusal: { reason: 'client' } });
  });
});
