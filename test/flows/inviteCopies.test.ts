import { describe, expect, test } from 'vitest';
import type { Notify } from '../../flows/effect.ts';
import { at, hour, World } from './factory.ts';

const start = at('2026-11-26T14:20');
const reached = (policy: 'none' | 'email' | 'sms' | 'both' = 'both') => {
  const world = new World();
  world.here = ['telegram', 'email', 'sms'];
  world.policy.inviteCopies = policy;
  world.state.email = 'a@example.org';
  world.state.phone = '+79161234567';
  world.state.consent = { version: '1', at: 1 };
  return world;
};
/** What goes beside the chat: by which way, and with a file or not. */
const copies = ({ effects }: Pick<World, 'effects'>): unknown[] =>
  effects
    .filter((effect): effect is Notify => effect.type === 'notify' && effect.copyOf !== undefined)
    .map(({ only, message, prompt }) => [only?.[0], message.file?.kind, prompt]);

describe('[B-07] an invitation goes by mail and SMS too', () => {
  test('with the calendar entry in the letter, and in the morning when it is night', () => {
    expect(copies(reached().booked(start))).toEqual([
      ['email', 'ics', false],
      ['sms', undefined, false],
    ]);
  });

  test.each([
    ['none', []],
    ['email', ['email']],
    ['sms', ['sms']],
  ] as const)('as the agency wishes: %s', (policy, ways) => {
    expect(copies(reached(policy).booked(start)).map((one) => (one as string[])[0])).toEqual(ways);
  });

  test('only by what is set up, known and open', () => {
    const here = reached();
    here.here = ['telegram', 'email'];
    expect(copies(here.booked(start))).toHaveLength(1);
    const unknown = reached();
    delete unknown.state.email;
    expect(copies(unknown.booked(start))).toHaveLength(1);
    const closed = reached();
    closed.state.closed = [{ channel: 'email', address: 'a@example.org' }];
    expect(copies(closed.booked(start))).toHaveLength(1);
  });

  test('what was called off by the agency is said there too', () => {
    const world = reached()
      .booked(start)
      .until(start - 30 * hour);
    world.act('anna', { type: 'refuse', reason: 'skills' });
    const ways = copies(world).map((one) => (one as string[])[0]);
    expect(ways).toEqual(['email', 'sms', 'email', 'sms']);
  });
});
