import { describe, expect, test } from 'vitest';
import { soughtKeys, soughtOf } from '../../flows/keepSought.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { driverApplication } from '../support/driverApplication.ts';
import { World } from './factory.ts';

const now = 1_000_000;
const bare = newCandidate('p', defaultPolicy, now);
const keysOf = (world: World, kind: string) =>
  world.state.sought?.keys.filter((key) => key.startsWith(`${kind}:`));

describe('[A-05] what a person is looked for by', () => {
  test('whoever has only looked at a vacancy is nobody yet; with the consent they are found', () => {
    const world = new World().arrives();
    expect(world.state.sought).toBeUndefined();
    world.consents();
    expect(world.state.sought?.at).toBe(world.application.stageAt);
  });

  test('a new name and a new stage are found at once, a forgotten person never more', () => {
    const world = new World().screened();
    world.act('anna', { type: 'setName', name: 'Алёна Петрова-Водкина' });
    expect(keysOf(world, 'name')).toEqual(['name:алена', 'name:петрова', 'name:водкина']);
    world.now += 60_000;
    world.act('anna', { type: 'reserve' });
    expect(world.state.sought?.at).toBe(world.now);
    world.happens({ type: 'forgetPerson', by: 'head' }, 'f');
    expect([world.state.forgotten !== undefined, world.state.sought]).toEqual([true, undefined]);
  });

  test('a part of a number begins one of its ends; terms and what a joined card had are there, too', () => {
    const terms = { value: 'Вахта, 5000', at: now, by: 'candidate' };
    const known = {
      ...bare,
      name: 'Анна',
      phone: '+79161',
      also: { names: ['Аня'], phones: ['+7999'], emails: [] },
      applications: [driverApplication('p', 'withdrawn', now, { fields: { terms } })],
    };
    expect(soughtOf(known)).toEqual({
      at: now,
      keys: [
        'name:анна',
        'name:аня',
        'terms:вахта',
        'terms:5000',
        'phone:79161',
        'phone:9161',
        'phone:161',
        'phone:7999',
        'phone:999',
      ],
    });
    expect(soughtOf({ ...known, merged: { into: 'q', event: 'e' } as never })).toBeUndefined();
  });

  test('a note makes somebody known; signs of a pattern are no words', () => {
    expect(soughtOf(bare)).toBeUndefined();
    const noted = { ...bare, notes: [{ at: now, by: 'head', text: 'х' }] };
    expect(soughtOf(noted)).toEqual({ keys: [], at: now });
    expect(soughtKeys('name', ' .*(ИВАН)|^$ ')).toEqual(['name:иван']);
  });
});
