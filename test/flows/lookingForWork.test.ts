import { describe, expect, test } from 'vitest';
import { candidate, World } from './factory.ts';
import { answerThere } from '../../flows/answerThere.ts';

/** Called off an interview with the reason at this place of the list. */
function calledOff(reason: string): World {
  return new World().booked().tap('candidate.button.cancel').tap(reason);
}

describe('looking for work', () => {
  test('[B-03] who has found a job looks no longer, until they come again', () => {
    const world = calledOff('0');
    expect(world.application.stage).toBe('withdrawn');
    expect(world.state.notLooking).toEqual({ at: world.now, why: 'foundJob' });
    expect(world.happened).toContain('notLooking');
    world.say('/start');
    expect(world.state.notLooking).toBeUndefined();
    expect(world.happened).toContain('looksAgain');
  });

  test('[B-03] any other reason leaves them looking', () => {
    expect(calledOff('3').state.notLooking).toBeUndefined();
  });

  test('[B-02] [B-03] a recruiter’s refusal "found a job" does the same', () => {
    const world = new World().screened();
    expect(world.code('anna', { type: 'refuse', reason: 'foundJob' })).toBe('done');
    expect(world.state.notLooking?.why).toBe('foundJob');
  });

  test('[B-03] the second pipeline: "found a job" ends the deal and the search, and is taken back whole', () => {
    const world = new World().screened();
    Object.assign(world.application, { pipeline: { id: 'inHouse', version: 1 } });
    expect(world.code('anna', { type: 'outcome', outcome: 'foundJob' })).toBe('done');
    expect([world.application.stage, world.state.notLooking?.why]).toEqual(['withdrawn', 'foundJob']);
    expect(world.happened).toContain('withdrawn');
    world.act('anna', { type: 'undo' });
    expect([world.application.stage, world.state.notLooking]).toEqual(['review', undefined]);
  });

  test('[B-03] whom the client’s terms do not suit is out, and looks on', () => {
    const world = new World().screened();
    Object.assign(world.application, {
      pipeline: { id: 'inHouse', version: 1 },
      stage: 'clientInterview',
      interview: {
        interviewer: 'client',
        start: world.now - 3_600_000,
        format: 'office',
        kind: 'client',
        bookedAt: 1,
        reminders: [],
        attendance: 'came',
      },
    });
    expect(world.code('anna', { type: 'outcome', outcome: 'termsRefused' })).toBe('done');
    expect([world.application.stage, world.state.notLooking]).toEqual(['withdrawn', undefined]);
  });

  test.each(['noShow', 'foundJob', 'testFailed', 'noDateInHouse', 'noDateClient'])(
    '[B-02] %s is among the lost reasons',
    (reason) => {
      expect(new World().screened().code('anna', { type: 'refuse', reason })).toBe('done');
    },
  );
});

describe('the reasons of a withdrawal', () => {
  test('[A-14] [P-19] are the agency’s; a list that is edited meanwhile changes no answer', () => {
    const world = new World();
    world.policy.withdrawal.reasons = ['Далеко от дома', 'foundJob'];
    world.booked().tap('candidate.button.cancel');
    world.policy.withdrawal.reasons = ['terms'];
    world.tap('0');
    const fact = world.last.find((effect) => effect.type === 'fact' && effect.what === 'withdrawn');
    expect(fact).toMatchObject({ params: { reason: { or: 'Далеко от дома' } } });
  });
});

describe('a person with two chats', () => {
  test('is answered where they wrote last, and only that chat counts as open again', () => {
    const state = candidate({
      channels: [
        { channel: 'telegram', address: '1', blocked: true },
        { channel: 'telegram', address: '2', blocked: true },
      ],
    });
    answerThere(state, { channel: 'telegram', address: '2' });
    expect(state.channels).toEqual([
      { channel: 'telegram', address: '2' },
      { channel: 'telegram', address: '1', blocked: true },
    ]);
  });
});
