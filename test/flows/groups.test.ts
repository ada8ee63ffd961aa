import { describe, expect, it } from 'vitest';
import { changePlaces } from '../../flows/groups/changePlaces.ts';
import type { Group } from '../../flows/groups/group.ts';
import { openSeats, seatName } from '../../flows/groups/seat.ts';
import { at, hour, minute, morning, World } from './factory.ts';

const start = at('2026-11-27T14:00');
const later = at('2026-11-30T14:00');

function group(more: Partial<Group> = {}): Group {
  return {
    _id: 'g1',
    kind: 'interview',
    vacancy: 'cook',
    start,
    minutes: 90,
    places: 2,
    format: 'office',
    host: 'boris',
    createdAt: morning,
    version: 1,
    told: 1,
    by: 'boris',
    lastEvent: 'e',
    texts: [],
    ...more,
  };
}

function with_(world: World, ...groups: Group[]): World {
  world.groups = groups.length > 0 ? groups : [group()];
  return world;
}
const asked = (world = new World().screened()) => {
  with_(world).act('anna', { type: 'inviteToGroup', group: 'g1' });
  return world;
};
const joined = () => asked().tap('group.button.yes').settle();

describe('[A-11] a group interview', () => {
  it('is asked about, accepted, and is an interview like any other', () => {
    const world = asked();
    expect(world.said).toEqual(['group.invite']);
    expect([world.application.stage, world.slots.size]).toEqual(['review', 0]);
    world.tap('group.button.yes').settle();
    expect(world.application).toMatchObject({
      stage: 'interview',
      group: { id: 'g1', state: 'booked' },
      interview: { kind: 'group', start, interviewer: 'g1#1', group: { host: 'boris', minutes: 90 } },
    });
    expect(world.said).toContain('group.booked');
    expect(world.told('boris')).toEqual(['group.notice.joined']);
    expect(world.told('anna')).toEqual(['group.notice.joined']);
    world.until(start - 24 * hour + minute);
    expect(world.everSaid).toContain('group.reminder.days');
    world.until(start - 3 * hour + minute);
    expect(world.everSaid).toContain('group.reminder.hours');
    world.tap(`r:${world.application.id}:${world.application.interviewVersion}:yes:3`);
    expect(world.happened).toContain('attendanceConfirmed');
  });

  it('"yes" may be typed', () => {
    expect(asked().say('да').settle().application.group?.state).toBe('booked');
  });

  it('"no" is told to the recruiter, and the button is old then', () => {
    const world = asked().tap('group.button.no');
    expect([world.said, world.told('anna')]).toEqual([['group.declined'], ['group.notice.declined']]);
    world.tap('group.button.no');
    expect(world.toast).toEqual({ key: 'line.toast.over' });
  });

  it('full: they wait, a freed place is offered on, and is theirs when they say yes', () => {
    const world = asked();
    world.slots.set(`g1#1:${start}`, 'x').set(`g1#2:${start}`, 'y');
    world.tap('group.button.yes').settle();
    expect([world.said, world.application.group?.state]).toEqual([['group.full'], 'waiting']);
    world.slots.delete(`g1#2:${start}`);
    world.act('bot', { type: 'offerWindow', interviewer: 'g1#2', start });
    world.settle();
    expect(world.said).toEqual(['group.freed']);
    world.tap('line.button.yes').settle();
    expect(world.application.interview?.interviewer).toBe('g1#2');
  });

  it.each([
    ['no', (world: World) => world.tap('line.button.no')],
    ['silence', (world: World) => world.until(morning + 31 * minute)],
  ])('a freed place they do not want (%s) goes on', (_, answer) => {
    const world = asked();
    world.slots.set(`g1#1:${start}`, 'x').set(`g1#2:${start}`, 'y');
    world.tap('group.button.yes').settle();
    world.slots.delete(`g1#2:${start}`);
    world.act('bot', { type: 'offerWindow', interviewer: 'g1#2', start });
    answer(world.settle());
    expect([world.application.group?.state, [...world.slots.values()]]).toEqual(['declined', ['x']]);
  });

  it('a recruiter adds somebody at once; who was too late for the last place gets the next', () => {
    const world = with_(new World().screened());
    world.act('anna', { type: 'addToGroup', group: 'g1' });
    world.slots.set(`g1#1:${start}`, 'faster');
    world.settle().settle();
    expect(world.application.interview?.interviewer).toBe('g1#2');
    expect(world.code('anna', { type: 'addToGroup', group: 'g1' })).toBe('alreadyInGroup');
  });

  it('moved: everybody keeps their place, with new reminders', () => {
    const world = joined();
    with_(world, group({ start: later, version: 2, by: 'boris' }));
    world.act('bot', { type: 'groupChanged', group: 'g1' });
    world.settle();
    expect(world.said).toContain('group.booked');
    expect([...world.slots.keys()]).toEqual([`g1#1:${later}`]);
    expect(world.application.interview?.start).toBe(later);
    expect(world.alarms.get(`reminder24:${world.application.id}`)?.due).toBe(later - 24 * hour);
    expect(world.act('bot', { type: 'groupChanged', group: 'g1' }).ok).toBe(true);
    expect(world.said).toEqual([]);
  });

  it('a place got while the group was moved is changed for one at the new time', () => {
    const world = asked().tap('group.button.yes');
    with_(world, group({ start: later, version: 2 }));
    world.settle().settle();
    expect([...world.slots.keys()]).toEqual([`g1#1:${later}`]);
  });

  it('a place got while it was closed is let go: another one, or the line', () => {
    const world = asked().tap('group.button.yes');
    with_(world, group({ places: 1, numbered: 2, closed: [1] }));
    world.settle().settle();
    expect([...world.slots.keys()]).toEqual([`g1#2:${start}`]);
    const late = asked().tap('group.button.yes');
    with_(late, group({ places: 1, numbered: 2, closed: [1] }));
    late.slots.set(`g1#2:${start}`, 'faster');
    late.settle().settle();
    expect([late.application.group?.state, late.slots.size]).toEqual(['waiting', 1]);
  });

  it('called off: told, free, and to be called anew', () => {
    const world = joined();
    with_(world, group({ cancelled: morning, version: 2 }));
    world.act('bot', { type: 'groupChanged', group: 'g1' });
    expect([world.said, world.application.stage, world.slots.size]).toEqual([['group.off'], 'invited', 0]);
    expect(world.tasks).toContain('reschedule');
    expect([...world.alarms.keys()].filter((key) => key.startsWith('reminder'))).toEqual([]);
  });

  it('"another time" offers the other groups, and moves there; without one the recruiter hears', () => {
    const world = joined();
    world.tap('candidate.button.anotherTime');
    expect([world.said, world.told('anna')]).toEqual([['group.noOther'], ['group.notice.otherTime']]);
    with_(world, group(), group({ _id: 'g2', start: later }));
    world.tap('candidate.button.anotherTime');
    world.tap(`u:${world.application.id}:g2:yes`).settle();
    expect([...world.slots.keys()]).toEqual([`g2#1:${later}`]);
    expect(world.application.group).toMatchObject({ id: 'g2', state: 'booked' });
  });

  it('the host is asked for the attendance of all, and records it', () => {
    const world = joined().until(start + 21 * minute);
    expect(world.everTold('boris')).toContain('group.notice.attendance');
    expect(world.everTold('anna')).not.toContain('notice.attendance');
    world.act('boris', { type: 'recordAttendance', attendance: 'came' });
    expect(world.application).toMatchObject({ stage: 'decision', interview: { attendance: 'came' } });
    expect(world.happened).toContain('attendance');
  });

  it('a refusal, a withdrawal or a time of their own frees the place', () => {
    const refused = joined();
    refused.act('anna', { type: 'refuse', reason: 'other' });
    expect([refused.slots.size, refused.application.group]).toEqual([0, undefined]);
    const own = joined();
    own.act('anna', {
      type: 'setInterview',
      interviewer: 'anna',
      start: at('2026-11-26T15:00'),
      format: 'office',
    });
    own.settle();
    expect([[...own.slots.values()].length, own.application.group]).toEqual([1, undefined]);
  });

  it.each<[string, Partial<Group>, string]>([
    ['past', { start: morning - hour }, 'groupGone'],
    ['called off', { cancelled: morning }, 'groupGone'],
    ['of another vacancy', { vacancy: 'other' }, 'groupGone'],
    ['a training before its time', { kind: 'training' }, 'wrongStage'],
  ])('nobody is asked into one that is %s', (_, more, code) => {
    const world = with_(new World().screened(), group(more));
    expect(world.code('anna', { type: 'inviteToGroup', group: 'g1' })).toBe(code);
  });

  it('what is written to all is said, or stands on the card', () => {
    const world = joined();
    world.act('boris', { type: 'groupText', text: 'Возьмите паспорт', to: 'people' });
    expect(world.said).toEqual(['group.message']);
    world.act('boris', { type: 'groupText', text: 'Сильная группа', to: 'cards' });
    expect([world.said, world.application.notes.at(-1)?.text]).toEqual([[], 'Сильная группа']);
  });
});

describe('[A-20] a training', () => {
  const trained = () => {
    const world = new World().booked();
    world.now = (world.application.interview?.start ?? 0) + minute;
    world.act('anna', { type: 'recordAttendance', attendance: 'came' });
    with_(world, group({ kind: 'training', start: later }));
    world.act('anna', { type: 'inviteToGroup', group: 'g1' });
    return world.tap('group.button.yes').settle();
  };

  it('is a stage of its own; the interview before stays in the history', () => {
    const world = trained();
    expect(world.application).toMatchObject({ stage: 'training', interview: { kind: 'training' } });
    expect(world.application.past).toHaveLength(1);
    expect(world.tasks).toEqual([]);
    world.say('/status');
    expect(JSON.stringify(world.last)).toContain('group.statusTraining');
  });

  it('its attendance leaves what comes of it to the recruiter', () => {
    const world = trained().until(later + 21 * minute);
    world.act('boris', { type: 'recordAttendance', attendance: 'came' });
    expect([world.application.stage, world.tasks]).toEqual(['training', ['step']]);
    expect(world.code('anna', { type: 'outcome', outcome: 'trained' })).toBe('missing');
    world.act('anna', { type: 'setField', field: 'startDate', value: later + 48 * hour });
    expect(world.code('anna', { type: 'outcome', outcome: 'trained' })).toBe('done');
    expect(world.application.stage).toBe('starting');
  });
});

describe('[A-11] more or fewer places', () => {
  const five = { places: 5 };
  const holes = { places: 3, numbered: 5, closed: [2, 5] };
  it.each([
    ['more', five, [], 7, { places: 7, numbered: 7, closed: [] }],
    ['as many', five, [1], 5, { places: 5, numbered: 5, closed: [] }],
    ['fewer: the last free ones are closed', five, [1, 3, 4], 3, { places: 3, numbered: 5, closed: [3, 4] }],
    ['down to those taken', five, [2, 5], 3, { places: 3, numbered: 5, closed: [2, 5] }],
    ['more again: a closed one is opened', holes, [], 4, { places: 4, numbered: 5, closed: [5] }],
    ['more than there ever were', holes, [], 7, { places: 7, numbered: 7, closed: [] }],
    ['fewer of those with holes', holes, [3], 2, { places: 2, numbered: 5, closed: [2, 3, 5] }],
  ])('%s', (_, before, free, wanted, places) => {
    const names = free.map((number) => seatName('g1', number));
    expect(changePlaces(before, names, wanted)).toEqual({ ok: true, places });
    expect(openSeats(places)).toHaveLength(places.places);
  });

  it('never fewer than are taken', () => {
    expect(changePlaces(five, [seatName('g1', 5)], 3)).toEqual({ ok: false, taken: 4 });
    expect(changePlaces(holes, [], 2)).toEqual({ ok: false, taken: 3 });
  });
});
