import { describe, expect, test } from 'vitest';
import { at, hour, morning, question, vacancy, World } from './factory.ts';

const questions = [question('a', 'yesno'), question('b', 'text'), question('c', 'text')];
const begun = () => new World([vacancy('cook', { questions })]).consents().say('да');

describe('whoever stops in the middle', () => {
  test('[X-06] of the questions is reminded of them once, three hours later, and goes on from there', () => {
    const world = begun().until(morning + 3 * hour);
    expect(world.everSaid.filter((key) => key.startsWith('candidate.unfinished'))).toEqual([
      'candidate.unfinished.questions',
    ]);
    expect(world.message('candidate.unfinished.questions')).toMatchObject({
      prompt: false,
      stages: ['screening'],
      message: { params: { count: 2 } },
    });
    world.until(morning + 40 * hour);
    expect(world.everSaid.filter((key) => key.startsWith('candidate.unfinished'))).toHaveLength(1);
    expect(world.tap('candidate.button.goOn').said).toEqual(['candidate.question.text']);
    expect(world.say('x').application.answers['b']?.value).toBe('x');
  });

  test.each(['да', 'Давайте!', '+'])(
    '[X-06] "%s" to "shall we go on?" shows the question and answers nothing',
    (yes) => {
      const world = new World([vacancy('cook', { questions })]).consents().until(morning + 3 * hour);
      expect(world.say(yes).said).toEqual(['candidate.question.text']);
      expect(world.application.answers).toEqual({});
      expect(world.say('да').application.answers['a']?.value).toBe('yes');
    },
  );

  test('[X-06] "no" leaves it as it is; an answer is an answer', () => {
    const world = begun().until(morning + 3 * hour);
    expect(world.say('нет').said).toEqual(['candidate.unfinished.later']);
    expect(Object.keys(world.say('x').application.answers)).toEqual(['a', 'b']);
    const at = new World().invited().until(morning + 3 * hour);
    expect(at.say('да').said).toEqual(['candidate.slot.day']);
  });

  test('[X-06] each answer begins the hours anew', () => {
    const world = begun()
      .until(morning + 2 * hour)
      .say('x')
      .until(morning + 4 * hour);
    expect(world.everSaid).not.toContain('candidate.unfinished.questions');
    world.until(morning + 5 * hour);
    expect(world.message('candidate.unfinished.questions').message.params).toMatchObject({ count: 1 });
  });

  test('[X-06] who comes back to what was left long ago has hours of their own', () => {
    const world = begun().until(morning + 50 * hour);
    world.say('/forget');
    expect(world.alarms.has(`nudge:${world.application.id}`)).toBe(false);
    world.tap('forget.button.no');
    expect(world.alarms.get(`nudge:${world.application.id}`)).toMatchObject({ due: world.now + 3 * hour });
  });

  test('[X-04] not at night', () => {
    const world = new World([vacancy('cook', { questions })]);
    world.now = at('2026-11-24T20:30');
    world.policy.quiet = { from: '22:00', to: '09:00' };
    world.consents().say('да').until(at('2026-11-25T08:59'));
    expect(world.everSaid).not.toContain('candidate.unfinished.questions');
    expect(world.until(at('2026-11-25T09:00')).everSaid).toContain('candidate.unfinished.questions');
  });

  test('[P-07] of choosing a time is reminded, and shown it again', () => {
    const world = new World().invited().until(morning + 3 * hour);
    expect(world.everSaid).toContain('candidate.unfinished.time');
    expect(world.tap('candidate.button.goOn').said).toEqual(['candidate.slot.day']);
  });

  const quietly: [string, (world: World) => World][] = [
    ['has got through', (world) => world.say('x').say('y')],
    ['wrote /stop', (world) => world.say('/stop')],
    ['called a human', (world) => world.say('/human')],
    ['is not asked for by the agency', (world) => ((world.policy.reminders.unfinishedHours = 0), world)],
    ['was refused', (world) => (world.act('anna', { type: 'refuse', reason: 'other' }), world)],
    [
      'wants a vacancy that is closed',
      (world) => (world.vacancies.forEach((one) => (one.status = 'archived')), world),
    ],
  ];
  test.each(quietly)('[X-06] who %s is left alone', (_why, goesOn) => {
    const world = goesOn(begun()).until(morning + 30 * hour);
    expect(world.everSaid.filter((key) => key.startsWith('candidate.unfinished'))).toEqual([]);
  });

  test('[P-07] who looks for another time of a meeting that stands is left alone', () => {
    const world = new World().booked(at('2026-11-27T14:20'));
    world.say('/status').tap('candidate.button.anotherTime');
    expect(world.said).toEqual(['candidate.slot.day']);
    world.until(morning + 30 * hour);
    expect(world.everSaid).not.toContain('candidate.unfinished.time');
  });
});
