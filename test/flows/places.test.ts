import { describe, expect, test } from 'vitest';
import type { Stage } from '../../flows/candidate.ts';
import type { CountPlaces } from '../../flows/effect.ts';
import type { TurnAway } from '../../flows/vacancy.ts';
import { hour, vacancy, World } from './factory.ts';

/** An application that stands somewhere, without the way there. */
function standing(stage: Stage, vacancies = [vacancy(), vacancy('driver'), vacancy('nurse')]): World {
  const world = new World(vacancies).screened();
  world.act('anna', { type: 'take' });
  const [application] = world.state.applications;
  if (application) application.stage = stage;
  return world;
}
const counted = (world: World) =>
  world.last.filter((effect): effect is CountPlaces => effect.type === 'countPlaces');
const taken = (world: World, then: TurnAway) => world.code('bot', { type: 'placeTaken', then });
const day = 24 * hour;

describe('[A-15] the places of a vacancy', () => {
  test.each<[Stage, Stage, boolean | undefined]>([
    ['starting', 'work', false],
    ['work', 'hired', undefined],
    ['work', 'dismissed', true],
    ['review', 'reserve', undefined],
  ])('from %s to %s they are counted: freed %s', (from, to, freed) => {
    const world = standing(from);
    const [application] = world.state.applications;
    if (application)
      application.fields = Object.fromEntries(
        ['firstDayClient', 'firstDayCandidate', 'assessment', 'dismissReason'].map((field) => [
          field,
          { value: 'x', by: 'anna', at: 0 },
        ]),
      );
    if (application)
      application.fields = {
        ...application.fields,
        startDate: { value: world.now - 10 * day, by: 'anna', at: 0 },
        dismissedAt: { value: world.now, by: 'anna', at: 0 },
      };
    const outcome = { work: 'works', hired: 'probationPassed', dismissed: 'dismissed', reserve: 'reserve' }[
      to as 'work'
    ];
    expect(world.code('anna', { type: 'outcome', outcome })).toBe('done');
    expect(counted(world).map((effect) => effect.freed)).toEqual(freed === undefined ? [] : [freed]);
  });

  test('whoever is dismissed after the guarantee has had their place', () => {
    const world = standing('work');
    const [application] = world.state.applications;
    if (application)
      application.fields = {
        startDate: { value: world.now - 200 * day, by: 'anna', at: 0 },
        dismissedAt: { value: world.now, by: 'anna', at: 0 },
        dismissReason: { value: 'x', by: 'anna', at: 0 },
      };
    world.act('anna', { type: 'outcome', outcome: 'dismissed' });
    expect(world.application.stage).toBe('dismissed');
    expect(counted(world)).toEqual([]);
  });

  test('the recruiters of the vacancy and the head are told, each once, with the way back', () => {
    const world = standing('work');
    const turned = { type: 'placesTurned', application: world.application.id, places: 1 } as const;
    world.happens({ ...turned, to: 'filled', then: 'refuse' });
    for (const member of ['anna', 'boris', 'head'])
      expect(world.told(member)).toEqual(['places.told.filled']);
    expect(world.told('client')).toEqual([]);
    expect(JSON.stringify(world.last)).toContain('v:reopen:cook');
    world.happens({ ...turned, to: 'open', then: 'refuse' });
    expect(world.told('anna')).toEqual(['places.told.open']);
  });
});

describe('[A-15] somebody else has the place', () => {
  test.each<[Stage, string]>([
    ['review', 'done'],
    ['call', 'done'],
    ['invited', 'done'],
    ['agreeing', 'done'],
    ['offer', 'wrongStage'],
    ['starting', 'wrongStage'],
    ['work', 'wrongStage'],
    ['hired', 'wrongStage'],
    ['reserve', 'wrongStage'],
    ['refused', 'wrongStage'],
  ])('who stands at %s: %s', (stage, code) => {
    expect(taken(standing(stage), 'refuse')).toBe(code);
  });

  test('refused: the message says why, after its hours, and not before', () => {
    const world = standing('review');
    taken(world, 'refuse');
    expect(world.application).toMatchObject({ stage: 'refused', refusal: { reason: 'filled' } });
    expect(world.said).toEqual([]);
    world.until(world.now + day);
    expect(world.everSaid).not.toContain('candidate.refusal');
    expect(JSON.stringify(world.effects)).toContain('places.refusal');
    expect(world.code('anna', { type: 'undo' })).toBe('alreadySent');
  });

  test('reserve: said later, once; then there is nothing to undo', () => {
    const world = standing('review');
    taken(world, 'reserve');
    expect(world.application.stage).toBe('reserve');
    expect(world.said).toEqual([]);
    world.say('/status');
    expect(JSON.stringify(world.message('candidate.status.title'))).toContain('candidate.status.review');
    world.until(world.now + day);
    expect(world.everSaid.filter((key) => key === 'places.reserve')).toHaveLength(1);
    expect(world.code('anna', { type: 'undo' })).toBe('nothingToUndo');
  });

  test('another vacancy: those that are open are offered, and one tap begins', () => {
    const world = standing('review');
    world.vacancies = world.vacancies.map((one) =>
      one._id === 'cook' ? { ...one, status: 'archived' } : one,
    );
    taken(world, 'other');
    world.until(world.now + day);
    const buttons = world
      .message('places.other')
      .message.buttons?.flat()
      .map(({ data }) => data);
    expect(buttons).toEqual(['o:driver', 'o:nurse']);
    world.happens({
      type: 'buttonTapped',
      reach: { channel: 'telegram', address: '100' },
      person: {},
      data: 'o:driver',
    });
    expect(world.application).toMatchObject({ vacancy: 'driver', source: 'offer', stage: 'screening' });
  });

  test('nothing else is open: it is kept simple', () => {
    const world = standing('review', [vacancy()]);
    world.vacancies = [vacancy('cook', { status: 'archived' })];
    taken(world, 'other');
    world.until(world.now + day);
    expect(world.everSaid).toContain('places.reserve');
  });

  test.each<TurnAway>(['refuse', 'reserve', 'other'])('%s is undone until the message leaves', (then) => {
    const world = standing('review');
    taken(world, then);
    expect(world.code('bot', { type: 'placeFree' })).toBe('done');
    expect(world.application).toMatchObject({ stage: 'review' });
    expect(world.application.refusal ?? world.application.setAside).toBeUndefined();
    expect(world.tasks).toEqual(['review']);
    const said = world.everSaid.length;
    world.until(world.now + 3 * day);
    expect(world.everSaid).toHaveLength(said);
    expect(world.code('bot', { type: 'placeFree' })).toBe('nothingToUndo');
  });

  test('who goes on by hand meanwhile hears nothing of it', () => {
    const world = standing('review');
    taken(world, 'reserve');
    world.act('anna', { type: 'invite' });
    expect(world.application.setAside).toBeUndefined();
    world.until(world.now + 3 * day);
    expect(world.everSaid).not.toContain('places.reserve');
  });

  test('an interview that was to come is called off at once, and its window is free', () => {
    const world = new World().booked();
    taken(world, 'reserve');
    expect(world.said).toEqual(['candidate.interviewCancelled']);
    expect(world.slots.size).toBe(0);
    world.act('bot', { type: 'placeFree' });
    expect(world.application.stage).toBe('invited');
  });
});
