import { describe, expect, it } from 'vitest';
import { earlierInLine, offerUntil, placeInLine } from '../../flows/line/placeInLine.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { at, candidate, hour, minute, morning, World } from './factory.ts';

const far = at('2026-12-03T12:00');
const near = at('2026-11-25T15:00');

/** Booked far off; the window at `near` becomes free and is offered. */
function offered(world = new World().booked(far)): World {
  world.act('bot', { type: 'offerWindow', interviewer: 'anna', start: near });
  return world.settle();
}

describe('[X-08] the line', () => {
  it('is joined when nothing suits, and left again', () => {
    const world = new World().invited().tap('candidate.button.noDaySuits');
    expect(world.said).toEqual(['candidate.slot.none']);
    world.tap('line.button.join');
    expect(world.application.waiting).toEqual({ since: morning, format: 'office' });
    expect(world.said).toEqual(['line.joined']);
    world.say('/status');
    expect(JSON.stringify(world.last)).toContain('line.status');
    world.tap('line.button.leave');
    expect(world.application.waiting).toBeUndefined();
  });

  it('"earlier, please": what is free can be had at once', () => {
    const world = new World().booked(far).tap('line.button.earlier');
    expect(world.said).toEqual(['line.earlierFree']);
    expect(world.application.waiting).toBeDefined();
    world.tap(`p:${world.state.dialog?.prompt}:${world.offeredTimes()[0]}`).settle();
    expect(world.application.interview?.start).toBeLessThan(far);
    expect(world.application.waiting).toBeUndefined();
  });

  it('"earlier, please" when nothing is: in the line', () => {
    const world = new World().booked(far);
    for (const day of ['24', '25', '26', '27', '30', '01', '02', '03'])
      world.members[1]?.hours.off.push(`2026-${day < '10' ? '12' : '11'}-${day}`);
    world.tap('line.button.earlier');
    expect(world.said).toEqual(['line.joinedEarlier']);
  });

  it('an offer is kept for them, and booked by a tap; the old window is free', () => {
    const world = offered();
    expect(world.said).toEqual(['line.offerEarlier']);
    expect(world.slots.get(`anna:${near}`)).toBe(world.application.id);
    expect(world.alarms.get(`offer:${world.application.id}`)?.due).toBe(morning + 30 * minute);
    world.tap('line.button.yes').settle();
    expect(world.application).toMatchObject({ interview: { start: near }, stage: 'interview' });
    expect(world.application.offer).toBeUndefined();
    expect([...world.slots.keys()]).toEqual([`anna:${near}`]);
    expect(world.alarms.has(`offer:${world.application.id}`)).toBe(false);
    expect(world.everSaid).toContain('line.taken');
  });

  it('"yes" typed is an answer to it, other words go to the recruiter', () => {
    const world = offered().say('а где это?');
    expect(world.said).toEqual(['candidate.passedOn']);
    world.say('да').settle();
    expect(world.application.interview?.start).toBe(near);
  });

  it.each([
    ['"no"', (world: World) => world.tap('line.button.no')],
    ['silence', (world: World) => world.until(morning + 31 * minute)],
  ])('%s passes it on, once and for all', (_, answer) => {
    const world = answer(offered());
    expect(world.application.offer).toBeUndefined();
    expect([...world.slots.keys()]).toEqual([`anna:${far}`]);
    expect(world.code('bot', { type: 'offerWindow', interviewer: 'anna', start: near })).toBe('wrongStage');
    world.tap('line.button.yes');
    expect([world.toast, world.application.interview?.start]).toEqual([{ key: 'line.toast.over' }, far]);
  });

  it('whoever books another time is told that the offer is over', () => {
    const world = offered();
    world.act('anna', {
      type: 'setInterview',
      interviewer: 'anna',
      start: near + hour,
      format: 'office',
    });
    world.settle();
    expect(world.everSaid).toContain('line.otherBooked');
    expect([...world.slots.keys()]).toEqual([`anna:${near + hour}`]);
  });

  it('whoever is refused leaves it, and what was kept goes on', () => {
    const world = offered();
    world.act('anna', { type: 'refuse', reason: 'skills' });
    expect(world.said).toContain('line.over');
    expect(world.application.offer).toBeUndefined();
    expect(world.slots.size).toBe(0);
  });

  it('a hold never ends at night: then it is kept until morning', () => {
    const { zone } = candidate();
    const evening = at('2026-11-24T21:45');
    const eight = at('2026-11-25T08:00');
    expect(offerUntil(evening, near, zone, defaultPolicy)).toBe(eight);
    expect(offerUntil(evening, eight + 30 * minute, zone, defaultPolicy)).toBeUndefined();
    const world = offered();
    // They have gone west since: it is night there by now.
    world.state.zone = 'America/New_York';
    world.until(morning + 31 * minute);
    const morningThere = at('2026-11-24T08:00', 'America/New_York');
    expect(world.application.offer?.until).toBe(morningThere);
    expect(world.alarms.get(`offer:${world.application.id}`)?.due).toBe(morningThere);
    world.until(morningThere + minute);
    expect(world.application.offer).toBeUndefined();
  });

  it.each<[string, (world: World) => void, string | object]>([
    ['booked far off, unasked', () => undefined, { asked: false, since: morning }],
    ['asked', (w) => w.tap('line.button.earlier'), { asked: true, since: morning }],
    ['asleep', (w) => (w.now = at('2026-11-24T23:00')), 'later'],
    ['talks with a human', (w) => (w.state.relay = { member: 'anna', until: morning + hour }), 'later'],
    ['has an offer', (w) => offered(w), 'later'],
    ['wrote /stop', (w) => w.say('/stop'), 'no'],
    ['refused', (w) => w.act('anna', { type: 'refuse', reason: 'other' }), 'no'],
    ['on the blacklist', (w) => w.act('anna', { type: 'blacklist', reason: '—' }), 'no'],
    ['only asked ones are offered', (w) => (w.policy.line.farHours = 0), 'no'],
  ])('a place in it: %s', (_, happens, place) => {
    const world = new World().booked(far);
    happens(world);
    const window = { interviewer: 'anna', start: near };
    expect(placeInLine(world.state, world.application, window, world.policy, world.now)).toEqual(place);
  });

  it('who asked comes first, then the order of asking', () => {
    const places = [
      { asked: false, since: 1 },
      { asked: true, since: 3 },
      { asked: true, since: 2 },
    ];
    expect(places.toSorted(earlierInLine).map(({ since }) => since)).toEqual([2, 3, 1]);
  });
});
