import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingGroups } from '../../bot/settings/settings.ts';
import { label } from '../support/worded.ts';
import { type StaffUnderTest, startStaff } from './startStaff.ts';

let t: StaffUnderTest;
beforeAll(async () => {
  t = await startStaff();
});
afterAll(() => t.close());

describe('/settings', () => {
  it('[X-01] every group and every setting has its words', () => {
    const keys = Object.entries(settingGroups).flatMap(([group, settings]) => [
      `staff.settings.group.${group}`,
      `staff.settings.applies.${group}`,
      ...settings
        .filter(({ path }) => !path.startsWith('sla.'))
        .map(({ path }) => `staff.settings.field.${path}`),
    ]);
    expect(t.words.langs.flatMap((lang) => keys.filter((key) => !t.words.has(lang, key)))).toEqual([]);
  });

  it('[P-21] the head sees a group, types a value, and it stands at once', async () => {
    const head = t.member('head');
    await head.say('/settings');
    await head.tap('Окна собеседований');
    expect(head.last().text).toContain('Длина окна: <b>20');
    await head.tap('Длина окна');
    expect(head.last().text).toMatch(/Сейчас: 20 минут[\s\S]*По умолчанию: 20/);
    await head.say('25');
    expect(head.last().text).toContain('Час должен делиться');
    await head.say('минут тридцать');
    expect(head.last().text).toContain('Нужно от 5 минут до 1 часа. Напишите, например: 30 мин');
    await head.say('30 мин');
    expect(head.last().text).toContain('Длина окна: <b>30');
    expect(t.livePolicy.policy.slot.minutes).toBe(30);
    await t.again();
    expect(t.livePolicy.stands().patch).toEqual({ slot: { minutes: 30 } });
  });

  it('[P-21] goes back to the default by a button', async () => {
    const head = t.member('head');
    await head.tap('Длина окна');
    await head.tap(label('staff.settings.reset'));
    expect(t.livePolicy.stands().patch).toEqual({});
    expect(head.last().text).toContain('Длина окна: <b>20');
  });

  it.each([
    ['reminders.hoursBefore', '48, 24; 2', [48, 24, 2]],
    ['reminders.hoursBefore', '–', []],
    ['quiet.from', '9.30', '09:30'],
    ['zone', 'Екатеринбург', 'Asia/Yekaterinburg'],
    ['lang', 'english', 'en'],
    ['consent.version', '2027-1', '2027-1'],
    ['agencyName', 'Кадры  «Юг» & Ко', 'Кадры «Юг» & Ко'],
    ['calendar', 'не учитывать', 'none'],
    ['refusal.reasons', 'Другое\nМало опыта\nНе прошёл СБ', ['other', 'experience', 'Не прошёл СБ']],
    ['refusal.messageHours', '2 дня', 48],
    ['slot.noticeMinutes', '1,5 часа', 90],
    ['sla.take.minutes', '90', 90],
  ])('[P-21] %s is typed as "%s"', async (path, typed, value) => {
    const head = t.member('head');
    await head.tapFrom(`g:edit:${path}`);
    await head.say(typed);
    expect(head.last().text).toContain('Сохранено');
    const [group = '', ...rest] = path.split('.');
    const stands: unknown = rest.reduce<unknown>(
      (at, name) => (at as Record<string, unknown>)[name],
      (t.livePolicy.stands().patch as Record<string, unknown>)[group],
    );
    expect(stands).toEqual(value);
  });

  it.each([
    ['reminders.hoursBefore', 'никогда'],
    ['quiet.to', '26:00'],
    ['zone', 'Нигде'],
    ['lang', 'klingon'],
    ['agencyName', '777'],
    ['refusal.reasons', 'Мало опыта'],
    ['sla.take.remindBefore', '95'],
    ['sla.take.minutes', '2 дня'],
    ['refusal.againDays', '36 ч'],
  ])('[P-21] %s: "%s" is refused in words', async (path, typed) => {
    const before = t.livePolicy.stands().version;
    const head = t.member('head');
    await head.tapFrom(`g:edit:${path}`);
    await head.say(typed);
    expect(head.last().text).not.toContain('staff.settings');
    expect(t.livePolicy.stands().version).toBe(before);
  });

  it('[A-14] own reasons stand on the card’s buttons in their own words', async () => {
    await t.candidate('c1');
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:refuse:a-c1');
    const labels = recruiter
      .last()
      .buttons.flat()
      .map(({ text }) => text);
    expect(labels.slice(0, 3)).toEqual(['Другое', 'Мало опыта', 'Не прошёл СБ']);
    await recruiter.tap('Не прошёл СБ');
    expect(recruiter.last().text).toContain('Причина: <b>Не прошёл СБ</b>');
  });

  it('[A-14] the reasons of a withdrawal are edited; known words keep their translation', async () => {
    const head = t.member('head');
    await head.tapFrom('g:edit:withdrawal.reasons');
    await head.say('Уже есть работа\nДалеко от метро');
    expect(t.livePolicy.policy.withdrawal.reasons).toEqual(['foundJob', 'Далеко от метро']);
    expect(head.last().text).toContain('Уже есть работа, Далеко от метро');
    await head.tapFrom('g:reset:withdrawal.reasons');
    expect(t.livePolicy.policy.withdrawal.reasons).toContain('ill');
  });

  it('[P-21] a recruiter is told whose it is', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.say('/settings');
    expect(recruiter.last().text).toBe(
      t.words.label({ lang: 'ru', zone: 'utc' }, { key: 'staff.settings.headOnly' }),
    );
  });
});
