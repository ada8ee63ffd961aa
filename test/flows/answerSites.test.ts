import { describe, expect, test } from 'vitest';
import type { Arrival } from '../../flows/sites/arrival.ts';
import { at, candidate, hour, morning, World } from './factory.ts';

const arrival = (source: Arrival['source'], id: string): Arrival => ({ source, id, at: morning });

/** Somebody who responded, at "review" with Anna. */
function responded(arrivals: Arrival[], source = 'hh'): World {
  const world = new World(undefined, candidate({ name: 'Мария' }));
  world.act('anna', { type: 'attach', vacancy: 'cook' }, '');
  world.act('anna', { type: 'move', stage: 'review' });
  Object.assign(world.application, { arrivals, source });
  return world;
}
/** Answers that will leave, or have: what, to which response, when. */
const answers = (world: World) =>
  world.effects.flatMap((effect) => {
    if (effect.type !== 'notify' || !('source' in effect.to) || !world.leaving.has(effect.key)) return [];
    return [[effect.message.key, effect.to.response, world.leaving.get(effect.key)]];
  });

describe('the answer to a response on hh', () => {
  const minute = 60_000;

  test('[P-03] an invitation goes to hh when it can be undone no more', () => {
    const world = responded([arrival('hh', 'r1')]);
    world.act('anna', { type: 'invite' });
    expect(answers(world)).toEqual([['sites.answer.invite', 'r1', morning + minute]]);
  });

  test('[P-03] on Avito it is written in the chat, where there is one', () => {
    const links = [{ kind: 'chat' as const, url: 'https://www.avito.ru/profile/messenger/channel/u2i-1' }];
    const world = responded([arrival('avito', 'a1'), { ...arrival('avito', 'a2'), links }], 'avito');
    world.act('anna', { type: 'invite' });
    expect(answers(world)).toEqual([['sites.answer.invite', 'a2', morning + minute]]);
  });

  test('[P-03] undone in time it never leaves', () => {
    const world = responded([arrival('hh', 'r1')]);
    world.here = [];
    world.act('anna', { type: 'invite' });
    for (const key of world.leaving.keys()) world.leaving.set(key, morning + minute);
    expect(world.code('anna', { type: 'undo' })).toBe('done');
    expect(answers(world)).toEqual([]);
  });

  test('[P-03] once it has left nothing is undone', () => {
    const world = responded([arrival('hh', 'r1')]);
    world.act('anna', { type: 'invite' });
    world.now += 2 * minute;
    expect(world.code('anna', { type: 'undo' })).toBe('alreadySent');
  });

  test('[P-03] at night it waits until the morning, as the message to the person does', () => {
    const world = responded([arrival('hh', 'r1')]);
    world.now = at('2026-11-24T23:30');
    world.act('anna', { type: 'invite' });
    const [[, , when]] = answers(world) as [[string, string, number]];
    expect(when).toBeGreaterThanOrEqual(at('2026-11-25T08:00'));
    expect(when).toBeLessThanOrEqual(at('2026-11-25T10:00'));
  });

  test('[P-03] [P-21] a refusal goes to hh with the message to the person, twelve hours later', () => {
    const world = responded([arrival('hh', 'r1')]);
    world.act('anna', { type: 'refuse', reason: 'skills' });
    expect(answers(world)).toEqual([]);
    const { messageAt = 0 } = world.application.refusal ?? {};
    expect(messageAt).toBeGreaterThanOrEqual(morning + 12 * hour);
    world.until(messageAt);
    expect(answers(world)).toEqual([['sites.answer.refuse', 'r1', messageAt]]);
  });

  test('[P-03] [P-21] a refusal that was undone is told nobody', () => {
    const world = responded([arrival('hh', 'r1')]);
    world.act('anna', { type: 'refuse', reason: 'skills' });
    world.act('anna', { type: 'undo' });
    world.until(morning + 48 * hour);
    expect(answers(world)).toEqual([]);
  });

  test.each([
    ['nobody who was brought in by hand', [], []],
    ['nobody who came by Avito or rang', [arrival('avito', 'r1'), arrival('novofon', 'r2')], []],
    [
      'each response of theirs on hh',
      [arrival('hh', 'r1'), arrival('avito', 'x'), arrival('hh', 'r2')],
      ['r1', 'r2'],
    ],
  ])('[P-03] hh is told of %s', (_who, arrivals, told) => {
    const world = responded(arrivals);
    world.act('anna', { type: 'invite' });
    expect(answers(world).map(([, response]) => response)).toEqual(told);
  });

  test('[P-03] what hh does not take is a fact, a notice and, while it matters, a task', () => {
    const world = responded([arrival('hh', 'r1')]);
    world.act('anna', { type: 'invite' });
    const site = { source: 'hh', why: 'closed' } as const;
    world.act('bot', { type: 'undelivered', message: 'm1', site });
    expect(world.last).toContainEqual(
      expect.objectContaining({
        type: 'fact',
        what: 'answerNotTaken',
        params: { source: { key: 'source.hh', or: 'hh' }, why: { key: 'sites.answer.fault.closed' } },
      }),
    );
    expect(world.last).toContainEqual(
      expect.objectContaining({
        to: { member: 'anna' },
        message: expect.objectContaining({ key: 'notice.answerNotTaken' }),
      }),
    );
    const tasks = () => world.application.tasks.filter(({ kind, done }) => kind === 'undelivered' && !done);
    expect(tasks()).toHaveLength(1);
    world.act('anna', { type: 'refuse', reason: 'skills' });
    for (const { id } of tasks()) world.act('anna', { type: 'finishTask', task: id });
    world.act('bot', { type: 'undelivered', message: 'm2', site });
    expect(tasks()).toHaveLength(0);
  });
});
