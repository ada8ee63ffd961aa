import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Application, Interview } from '../../flows/candidate.ts';
import { type StaffUnderTest, startStaff, tuesday } from './startStaff.ts';

let t: StaffUnderTest;
beforeEach(async () => {
  t = await startStaff();
});
afterEach(() => t.close());

const at = (time: string) => Date.parse(`${time}:00+03:00`);

/** Somebody who has a meeting. */
async function meets(
  id: string,
  interview: Partial<Interview>,
  more: Partial<Application> = {},
): Promise<void> {
  const full: Interview = {
    interviewer: 'recruiter1',
    start: at('2026-11-25T15:00'),
    format: 'phone',
    bookedAt: tuesday,
    reminders: [],
    ...interview,
  };
  await t.candidate(
    id,
    { name: `Имя-${id}`, phone: `+7916000000${id.slice(1)}` },
    { stage: 'interview', taken: tuesday, interviewVersion: 1, interview: full, ...more },
  );
}

describe('[A-21] the calendar', () => {
  beforeEach(async () => {
    await meets('c1', { start: at('2026-11-25T15:00') });
    await meets('c2', { start: at('2026-11-25T12:00'), format: 'zoom' });
    await meets('c3', {
      start: at('2026-11-27T12:00'),
      format: 'office',
      kind: 'client',
      interviewer: 'client',
    });
    await meets('c4', { start: at('2026-12-01T12:00') });
    await meets(
      'c5',
      { start: at('2026-11-26T12:00'), interviewer: 'recruiter2' },
      { recruiter: 'recruiter2' },
    );
    await t.engine.groups.make(
      {
        _id: 'g1',
        kind: 'training',
        vacancy: 'driver',
        start: at('2026-11-28T12:00'),
        minutes: 60,
        places: 5,
        format: 'office',
        host: 'recruiter1',
        by: 'recruiter1',
        createdAt: tuesday,
      },
      'e',
    );
  });

  it('shows a recruiter’s own week by day, in order', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.say('/calendar');
    const { text } = recruiter.last();
    expect(text.match(/Имя-c\d|Обучение/g)).toEqual(['Имя-c2', 'Имя-c1', 'Имя-c3', 'Обучение']);
    expect(text).toContain('мест занято: 0 из 5');
    await recruiter.tap('1');
    expect(recruiter.last().text).toContain('Имя-c2');
    // The same from its page, by a link.
    await recruiter.say('/start group_g1');
    expect(recruiter.last().text).toContain('Обучение');
    await recruiter.say('/start group_gone');
    expect(recruiter.last().text).toContain('Такой группы нет');
    await recruiter.say('/start call_gone');
    expect(recruiter.last().text).toContain('Такого звонка нет');
    const client = t.member('client');
    await client.say('/start group_g1');
    expect(client.last().text).not.toContain('Обучение');
  });

  it.each([
    ['Телефон (1)', ['Имя-c1']],
    ['Zoom и офис (1)', ['Имя-c2']],
    ['Группы (1)', ['Обучение']],
    ['С заказчиком (1)', ['Имя-c3']],
  ])('by kind: %s', async (button, names) => {
    const recruiter = t.member('recruiter1');
    await recruiter.say('/calendar');
    await recruiter.tap(button);
    expect(recruiter.last().text.match(/Имя-c\d|Обучение/g)).toEqual(names);
    await recruiter.tap('Все (4)');
    expect(recruiter.last().text).toContain('Имя-c2');
  });

  it('the weeks before and after, what was held too', async () => {
    await meets(
      'c6',
      { start: at('2026-12-02T12:00'), kind: 'client', interviewer: 'client' },
      {
        past: [
          {
            interviewer: 'recruiter1',
            start: at('2026-11-18T12:00'),
            format: 'phone',
            bookedAt: 1,
            reminders: [],
            attendance: 'came',
          },
        ],
      },
    );
    const recruiter = t.member('recruiter1');
    await recruiter.say('/calendar');
    await recruiter.tap('Неделя ›');
    expect(recruiter.last().text.match(/Имя-c\d/g)).toEqual(['Имя-c4', 'Имя-c6']);
    await recruiter.tap('‹ Неделя');
    await recruiter.tap('‹ Неделя');
    expect(recruiter.last().text.match(/Имя-c\d/g)).toEqual(['Имя-c6']);
    await recruiter.tap('‹ Неделя');
    expect(recruiter.last().text).toContain('встреч нет');
    await recruiter.tap('Сейчас');
    expect(recruiter.last().text).toContain('Имя-c1');
  });

  it('everybody’s is the head’s alone', async () => {
    const head = t.member('head');
    await head.say('/calendar');
    expect(head.last().text).toContain('Имя-c5');
    await head.tap('Только мои');
    expect(head.last().text).toContain('встреч нет');
    const recruiter = t.member('recruiter2');
    await recruiter.say('/calendar');
    await recruiter.tapData('cal:2026-11-23:any:all');
    expect(recruiter.last().text.match(/Имя-c\d/g)).toEqual(['Имя-c5']);
  });
});
