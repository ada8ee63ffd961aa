import { describe, expect, test } from 'vitest';
import { World } from './factory.ts';

const refreshed = (world: World) => world.last.filter(({ type }) => type === 'refresh');

describe('an open card', () => {
  test('[P-08] follows what the candidate does', () => {
    const world = new World().invited().tap('2026-11-26').say('14:20').settle();
    expect(refreshed(world)).toMatchObject([{ application: world.application.id }]);
    world.say('Спасибо!');
    expect(refreshed(world)).toEqual([]);
  });

  test('[A-12] is drawn by the press of whoever acts, and by a refresh for everybody else', () => {
    const world = new World().screened();
    world.act('anna', { type: 'take' });
    expect(refreshed(world)).toMatchObject([{ except: 'anna' }]);
  });

  test('is left alone while the questions are answered', () => {
    const world = new World().consents();
    expect(world.application.stage).toBe('screening');
    expect(refreshed(world)).toEqual([]);
  });
});
