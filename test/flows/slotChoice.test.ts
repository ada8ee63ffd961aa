import { describe, expect, test } from 'vitest';
import { at, hour, member, minute, vacancy, World } from './factory.ts';

describe('the choice of a window', () => {
  test('[P-07] one format: days at once; several: the format first', () => {
    expect(new World().invited().said).toEqual(['candidate.invited', 'candidate.slot.day']);
    const world = new World([vacancy('cook', { formats: ['phone', 'zoom'] })]).invited();
    expect(world.said).toEqual(['candidate.invited', 'candidate.slot.format']);
    world.tap('candidate.format.zoom');
    expect(world.state.dialog).toMatchObject({ kind: 'day', format: 'zoom' });
    expect(world.said).toEqual(['candidate.slot.day']);
  });

  test('[P-07] days that lie whole 24–72 hours ahead come first, the calendar goes on, what is nearer stands apart', () => {
    // Tuesday 10:00: Thursday begins 47 h ahead, Friday 71 h; Wednesday's first window is only 23 h ahead.
    const world = new World().invited();
    expect(world.offeredDays()).toEqual([
      '2026-11-26',
      '2026-11-27',
      '2026-11-30',
      '2026-12-01',
      '2026-11-24',
      '2026-11-25',
    ]);
    const rows = world.message('candidate.slot.day').message.buttons ?? [];
    expect(rows[2]?.map(({ label }) => 'key' in label && label.key)).toEqual([
      'candidate.slot.soonerButton',
      'candidate.slot.soonerButton',
    ]);
  });

  test('[P-07] more days come page by page', () => {
    const world = new World().invited().tap('candidate.button.moreDays');
    expect(world.offeredDays()).toEqual([
      '2026-12-02',
      '2026-12-03',
      '2026-12-04',
      '2026-12-07',
      '2026-12-08',
    ]);
    expect(world.offered()).not.toContain('more');
  });

  test('[P-07] times are 20 minutes apart, in the candidate’s own zone, and never sooner than the notice', () => {
    const world = new World();
    world.state.zone = 'Asia/Yekaterinburg';
    world.invited().tap('2026-11-24');
    expect(world.offeredTimes().slice(0, 3)).toEqual([
      at('2026-11-24T11:00'),
      at('2026-11-24T11:20'),
      at('2026-11-24T11:40'),
    ]);
    expect(world.offeredTimes()).toHaveLength(21);
    const { params } = world.message('candidate.slot.time').message;
    expect(params).toMatchObject({ zone: { params: { zone: { as: 'zone', zone: 'Asia/Yekaterinburg' } } } });
    const [button] = world.message('candidate.slot.time').message.buttons?.[0] ?? [];
    expect(button?.label).toEqual({
      key: 'candidate.slot.timeButton',
      params: { time: { at: at('2026-11-24T13:00', 'Asia/Yekaterinburg'), as: 'time' } },
    });
  });

  test('[P-07] a long day is shown in parts, and every window of it can be tapped', () => {
    const world = new World().invited();
    world.policy.slot.timesShown = 20;
    world.tap('2026-11-26');
    const early = world.offeredTimes();
    expect(early).toHaveLength(20);
    const late = world.tap('candidate.button.later').offeredTimes();
    expect(late[0]).toBe((early.at(-1) ?? 0) + 20 * minute);
    expect(world.offered()).not.toContain('later');
    expect(world.tap('candidate.button.earlier').offeredTimes()).toEqual(early);
  });

  test('[X-06] each step has its way back: times, days, formats', () => {
    const world = new World([vacancy('cook', { formats: ['phone', 'zoom'] })]).invited();
    const steps = ['candidate.format.zoom', 'candidate.button.moreDays', '2026-12-02'];
    for (const step of steps) world.tap(step);
    expect(world.tap('candidate.button.otherDay').state.dialog).toMatchObject({ kind: 'day', page: 0 });
    world.tap('candidate.button.moreDays').tap('candidate.button.back');
    expect(world.state.dialog).toMatchObject({ kind: 'day', page: 0 });
    expect(world.tap('candidate.button.back').state.dialog).toMatchObject({ kind: 'format' });
  });

  test('[X-06] a tapped step stands in the place of the one before; a typed one is a new message', () => {
    const world = new World().invited();
    const anew = () => world.last.flatMap((effect) => (effect.type === 'notify' ? [effect.anew] : []));
    expect(anew()).toEqual([undefined, true]);
    world.tap('candidate.button.moreDays');
    expect(anew()).toEqual([false]);
    world.say('26.11');
    expect(anew()).toEqual([true]);
    world.say('когда-нибудь');
    expect(anew()).toEqual([undefined, true]);
  });

  test('[P-07] two interviewers free at one time show it once', () => {
    const world = new World([vacancy('cook', { interviewers: ['anna', 'boris'] })])
      .invited()
      .tap('2026-11-26');
    const times = world.offeredTimes();
    expect(new Set(times).size).toBe(times.length);
  });

  test.each([
    ['завтра', '2026-11-25'],
    ['в пятницу', '2026-11-27'],
    ['26.11', '2026-11-26'],
    ['30 ноября', '2026-11-30'],
    ['tomorrow', '2026-11-25'],
  ])('[X-06] the day may be typed: "%s"', (said, day) => {
    expect(new World().invited().say(said).state.dialog).toMatchObject({ kind: 'time', day });
  });

  test.each(['14:20', '14.20', '14 20', 'в 14:20', 'давайте в 14:20 пожалуйста'])(
    '[X-06] the time may be typed: "%s"',
    (said) => {
      const world = new World().invited().say('26.11').say(said);
      expect(world.state.dialog).toMatchObject({ kind: 'booking', start: at('2026-11-26T14:20') });
    },
  );

  test.each([
    ['в три часа дня', '2026-11-26T15:00'],
    ['к одиннадцати', '2026-11-26T11:00'],
    ['без двадцати три', '2026-11-26T14:40'],
    ['завтра в 11', '2026-11-25T11:00'],
    ['в пятницу в три', '2026-11-27T15:00'],
  ])('[X-06] the time may be said in words: "%s"', (said, start) => {
    const world = new World().invited().say('26.11').say(said);
    expect(world.state.dialog).toMatchObject({ kind: 'booking', start: at(start) });
  });

  test('[X-06] day and hour in one message are booked at once; an hour or a part of a day alone is not', () => {
    const asked = () => new World().invited();
    expect(asked().say('в пятницу в три').state.dialog).toMatchObject({
      kind: 'booking',
      start: at('2026-11-27T15:00'),
    });
    expect(asked().say('в 11').state.dialog).toMatchObject({ kind: 'day' });
    expect(asked().say('в пятницу утром').state.dialog).toMatchObject({ kind: 'time', day: '2026-11-27' });
  });

  test.each(['27.11', '30.11', '01.12', '2 декабря', 'в пятницу'])(
    '[X-06] another day may be typed where a time is asked: "%s"',
    (said) => {
      const world = new World().invited().say('26.11').say(said);
      expect(world.state.dialog).toMatchObject({ kind: 'time' });
      expect(world.said).toEqual(['candidate.slot.time']);
    },
  );

  test('[X-06] a format may be chosen by its number; what is no choice gets a hint', () => {
    const world = new World([vacancy('cook', { formats: ['phone', 'office'] })]).invited().say('как-нибудь');
    expect(world.said).toEqual(['candidate.hint.choice', 'candidate.slot.format']);
    expect(world.say('2').state.dialog).toMatchObject({ kind: 'day', format: 'office' });
  });

  test('[X-06] a day without windows, and words that are no day or time, are answered', () => {
    const world = new World().invited().say('28.11');
    expect(world.said).toEqual(['candidate.slot.dayFull', 'candidate.slot.day']);
    expect(world.say('не знаю').said[0]).toBe('candidate.hint.day');
    world.tap('2026-11-26').say('после обеда');
    expect(world.said[0]).toBe('candidate.hint.time');
    expect(world.tap('candidate.button.otherDay').state.dialog).toMatchObject({ kind: 'day' });
  });

  test('[X-06] who cannot come at all is asked why, not for a day', () => {
    const world = new World().booked(at('2026-11-26T14:20')).say('/status');
    world.tap('candidate.button.anotherTime').say('заболел, не приду');
    expect(world.said).toEqual(['candidate.cancel.ask']);
  });

  test('[X-06] who has thought better of another time keeps the one that stands', () => {
    const start = at('2026-11-26T14:20');
    const world = new World().booked(start).say('/status');
    world.tap('candidate.button.anotherTime').say('оставьте как есть');
    expect(world.said).toEqual(['candidate.cancel.kept']);
    expect([world.state.dialog, world.application.interview?.start]).toEqual([undefined, start]);
  });

  test('[P-07] no window at all, or none that suits: the recruiter agrees the time by hand', () => {
    const none = new World([vacancy('cook', { interviewers: [] })]).invited();
    expect(none.said).toContain('candidate.slot.none');
    expect(none.tasks).toEqual(['reschedule']);
    const picky = new World().invited().tap('candidate.button.noDaySuits');
    expect(picky.said).toEqual(['candidate.slot.none']);
    expect(picky.told('anna')).toEqual(['notice.noSlots']);
    expect(picky.state.dialog).toBeUndefined();
  });
});

describe('somebody was faster', () => {
  test('[P-07] another interviewer free at the same time takes the meeting, and nobody is told of a lost race', () => {
    const start = at('2026-11-26T14:20');
    const world = new World([vacancy('cook', { interviewers: ['anna', 'boris'] })]);
    world.invited().tap('2026-11-26').say('14:20');
    const [first] = world.last.flatMap((effect) => (effect.type === 'book' ? [effect.interviewer] : []));
    world.slots.set(`${first}:${start}`, 'another');
    world.settle();
    expect(world.said).toEqual([]);
    world.settle();
    expect(world.application.interview).toMatchObject({ start });
    expect(world.application.interview?.interviewer).not.toBe(first);
  });
});

describe('the booking', () => {
  const start = at('2026-11-26T14:20');
  const picked = () => new World().invited().tap('2026-11-26').say('14:20');

  test('[B-06] asks for the window, and says nothing before the answer', () => {
    const world = picked();
    expect(world.last.filter(({ type }) => type === 'book')).toMatchObject([
      { interviewer: 'anna', start, format: 'office' },
    ]);
    expect(world.said).toEqual([]);
    expect(world.say('ну что?').said).toEqual(['candidate.slot.wait']);
    world.tap('candidate.button.otherDay');
    expect(world.toast).toEqual({ key: 'candidate.toast.booking' });
    expect(world.application.interview).toBeUndefined();
  });

  test('[P-06] [P-12] booked: date, zone, format and place; calendar file; everybody is told', () => {
    const world = picked().settle();
    expect(world.application).toMatchObject({
      stage: 'interview',
      interviewVersion: 1,
      interview: { interviewer: 'anna', start, format: 'office' },
    });
    expect(world.said).toEqual(['candidate.slot.booked', 'candidate.slot.calendar']);
    expect(world.message('candidate.slot.booked').message.params).toMatchObject({
      when: { at: start, as: 'dateTime' },
      zone: { at: start, as: 'zone' },
      format: { key: 'candidate.format.office' },
      place: { params: { address: 'Складская, 12' } },
      notes: '',
    });
    expect(world.message('candidate.slot.calendar').message.file).toMatchObject({
      kind: 'ics',
      sequence: 1,
      cancelled: false,
      start,
      place: 'Складская, 12',
    });
    expect(world.told('anna')).toEqual(['notice.interviewSet']);
    expect(world.told('client')).toEqual(['client.interview.set']);
    expect(world.state.dialog).toBeUndefined();
  });

  test('[K-03] the client gets the name and no contacts', () => {
    const world = picked();
    world.state.phone = '+79161234567';
    world.settle();
    const notice = world.effects.find(
      (effect) => effect.type === 'notify' && 'member' in effect.to && effect.to.member === 'client',
    );
    expect(JSON.stringify(notice)).not.toContain('79161234567');
  });

  test('[P-06] an interviewer who is not the recruiter is told as well, with the calendar file', () => {
    const world = new World([vacancy('cook', { interviewers: ['boris'] })]).booked();
    expect(world.told('boris')).toEqual(['notice.interviewSet']);
  });

  test('[B-06] taken in the meantime: told at once, with the three nearest', () => {
    const world = picked();
    world.slots.set(`anna:${start}`, 'somebody else');
    world.settle();
    expect(world.said).toEqual(['candidate.slot.taken']);
    expect(world.offeredTimes()).toEqual([start - 40 * minute, start - 20 * minute, start + 20 * minute]);
    world.tap(String(start + 20 * minute)).settle();
    expect(world.application.interview?.start).toBe(start + 20 * minute);
  });

  test('[B-06] of two who ask for one window one gets it', () => {
    const one = picked();
    const other = picked();
    one.settle();
    for (const [key] of one.slots) other.slots.set(key, 'one');
    other.settle();
    expect([one.application.stage, other.application.stage]).toEqual(['interview', 'invited']);
    expect(other.said).toEqual(['candidate.slot.taken']);
  });

  test('[B-06] when it was the last window the recruiter agrees by hand', () => {
    const world = new World();
    const only = member('anna', 'recruiter', {
      hours: { week: { '4': [['14:20', '14:40']] }, off: ['2026-12-03'], buffer: 0 },
    });
    world.members = world.members.map((one) => (one._id === 'anna' ? only : one));
    world.invited().tap('2026-11-26').tap(String(start));
    world.slots.set(`anna:${start}`, 'somebody else');
    world.settle();
    expect(world.said).toEqual(['candidate.slot.none']);
    expect(world.tasks).toEqual(['reschedule']);
  });

  test('[P-07] a window won by somebody who has left is let go', () => {
    const world = picked();
    world.act('anna', { type: 'refuse', reason: 'other' });
    world.settle();
    expect(world.slots.size).toBe(0);
    expect(world.application).toMatchObject({ stage: 'refused' });
    expect(world.application.interview).toBeUndefined();
  });

  test('[B-06] a recruiter whose window was taken hears it; the candidate is not troubled', () => {
    const world = new World().screened();
    world.act('anna', { type: 'setInterview', interviewer: 'anna', start, format: 'office' });
    world.slots.set(`anna:${start}`, 'somebody else');
    world.settle();
    expect(world.told('anna')).toEqual(['notice.slotTaken']);
    expect(world.said).toEqual([]);
  });

  test('[B-06] a window taken for another application leaves this choice alone', () => {
    const world = new World([vacancy('cook'), vacancy('driver')]).invited();
    const first = world.application.id;
    world.arrives('driver').say('да');
    world.act('anna', { type: 'invite' });
    world.tap('2026-11-26').say('14:20');
    const { dialog } = world.state;
    world.happens({
      type: 'slotTaken',
      application: first,
      interviewer: 'anna',
      start: start + hour,
      format: 'office',
    });
    expect(world.state.dialog).toEqual(dialog);
  });
});
