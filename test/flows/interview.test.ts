import { describe, expect, test } from 'vitest';
import { at, hour, minute, morning, vacancy, World } from './factory.ts';

const start = at('2026-11-26T14:20');
const reminders = (world: World) => world.everSaid.filter((key) => key.startsWith('candidate.reminder.h'));

describe('the reminders', () => {
  test('[P-08] come a day before and three hours before, once, with the version of the interview', () => {
    const world = new World().booked(start).until(start - 24 * hour - 1);
    expect(reminders(world)).toEqual([]);
    world.until(start - 24 * hour);
    expect(reminders(world)).toEqual(['candidate.reminder.h24']);
    expect(world.message('candidate.reminder.h24')).toMatchObject({
      interviewVersion: 1,
      key: `reminder:${world.application.id}:24h:1`,
    });
    world.until(start + hour);
    expect(reminders(world)).toEqual(['candidate.reminder.h24', 'candidate.reminder.h3']);
  });

  test('[P-08] booked less than a day ahead: only the later one', () => {
    const world = new World().booked(at('2026-11-24T16:00')).until(start);
    expect(reminders(world)).toEqual(['candidate.reminder.h3']);
  });

  test('[P-08] "I’ll be there": thanks, the recruiter sees it at once, a second tap only toasts', () => {
    const world = new World()
      .booked(start)
      .until(start - 24 * hour)
      .tap('candidate.button.willCome');
    expect(world.said).toEqual(['candidate.reminder.confirmed']);
    expect(world.toast).toEqual({ key: 'candidate.toast.confirmed' });
    expect(world.told('anna')).toEqual(['notice.confirmed']);
    expect(world.application.interview).toMatchObject({ confirmed24: start - 24 * hour });
    world.tap('candidate.button.willCome');
    expect([world.said, world.told('anna')]).toEqual([[], []]);
    expect(world.toast).toEqual({ key: 'candidate.toast.alreadyConfirmed' });
    world.until(start - 4 * hour);
    expect(world.everTold('anna')).not.toContain('notice.silent');
  });

  test('[P-08] silence is shown to the recruiter an hour later, for each reminder', () => {
    const world = new World().booked(start).until(start - 22 * hour);
    expect(world.everTold('anna').filter((key) => key === 'notice.silent')).toHaveLength(1);
    world.until(start - hour);
    expect(world.everTold('anna').filter((key) => key === 'notice.silent')).toHaveLength(2);
  });

  test('[X-04] who wrote /stop is not reminded; the recruiter is told to call', () => {
    const world = new World()
      .booked(start)
      .say('/stop')
      .until(start - 2 * hour);
    expect(reminders(world)).toEqual([]);
    expect(world.everTold('anna')).toContain('notice.silent');
  });

  test('[P-08] another time re-arms the reminders; the old ones are refused by their version', () => {
    const world = new World().booked(start);
    const old = world.alarms.get(`reminder24:${world.application.id}`);
    const moved = at('2026-11-27T11:00');
    world.tap('candidate.button.anotherTime');
    expect(world.application.interview?.start).toBe(start);
    world.chooses(moved);
    expect(world.application).toMatchObject({ interviewVersion: 2, interview: { start: moved } });
    expect(world.told('anna')).toEqual(['notice.interviewMoved']);
    expect(world.told('client')).toEqual(['client.interview.moved']);
    expect([...world.slots.keys()]).toEqual([`anna:${moved}`]);
    expect(world.alarms.get(`reminder24:${world.application.id}`)).toMatchObject({
      due: moved - 24 * hour,
      timer: { version: 2 },
    });
    if (!old) throw new Error('no reminder was armed');
    world.now = start - 24 * hour;
    expect(world.rings(old.timer).last).toEqual([]);
    world.until(moved);
    expect(reminders(world)).toEqual(['candidate.reminder.h24', 'candidate.reminder.h3']);
  });

  test('[P-08] a button of an older version is answered kindly and does nothing', () => {
    const world = new World().booked(start);
    const old = world.data('candidate.button.anotherTime');
    world.tap(old).chooses(at('2026-11-27T11:00'));
    for (const data of [
      old,
      `r:${world.application.id}:1:yes:24`,
      `r:${world.application.id}:1:no:3`,
      'p:gone:yes',
      'x:1',
      '',
    ]) {
      world.happens({
        type: 'buttonTapped',
        reach: { channel: 'telegram', address: '100' },
        person: {},
        data,
      });
      expect(world.toast).toEqual({ key: 'candidate.toast.stale' });
      expect(world.last).toEqual([]);
    }
  });

  test('[P-08] a reminder that is late past its meeting is never sent', () => {
    const world = new World().booked(start);
    world.now = start + minute;
    const { id } = world.application;
    for (const kind of ['reminder24', 'reminder3', 'silence'] as const) {
      expect(world.rings({ kind, application: id, version: 1 }).last).toEqual([]);
    }
    expect(world.rings({ kind: 'reminder24', application: 'gone', version: 1 }).last).toEqual([]);
  });

  test('[P-08] after the start its buttons do nothing: attendance is the recruiter’s', () => {
    const world = new World().booked(start).until(start + minute);
    for (const button of [
      'candidate.button.willCome',
      'candidate.button.cannot',
      'candidate.button.cancel',
    ]) {
      world.tap(button);
      expect(world.toast).toEqual({ key: 'candidate.toast.stale' });
    }
    expect(world.application.interview?.start).toBe(start);
  });

  test('[X-03] are 24 and 3 hours before in real time, also across a moved clock', () => {
    // Berlin moves its clocks back on Sunday 25 October 2026 at 03:00.
    const world = new World();
    world.now = at('2026-10-23T10:00');
    world.state.zone = 'Europe/Berlin';
    const meeting = at('2026-10-26T13:00', 'Europe/Berlin');
    world.booked(meeting);
    expect(world.alarms.get(`reminder24:${world.application.id}`)?.due).toBe(
      at('2026-10-25T13:00', 'Europe/Berlin'),
    );
    expect(world.alarms.get(`reminder3:${world.application.id}`)?.due).toBe(
      at('2026-10-26T10:00', 'Europe/Berlin'),
    );
  });
});

describe('calling off', () => {
  test.each([
    ['candidate.cancel.reason.ill', { key: 'candidate.cancel.reason.ill' }],
    ['переехал в другой город', 'переехал в другой город'],
  ])('[P-19] "I can’t" asks why; "%s" is kept, the window is free, everybody knows', (said, reason) => {
    const world = new World()
      .booked(start)
      .until(start - 24 * hour)
      .tap('candidate.button.cannot');
    expect(world.said).toEqual(['candidate.cancel.ask']);
    if (said.startsWith('candidate.')) world.tap(said);
    else world.say(said);
    expect(world.application.stage).toBe('withdrawn');
    expect(world.said).toEqual(['candidate.cancel.thanks']);
    expect(world.told('anna')).toEqual(['notice.withdrawn']);
    expect(world.told('client')).toEqual(['client.interview.cancelled']);
    expect(JSON.stringify(world.last)).toContain(JSON.stringify(reason));
    expect([world.slots.size, world.tasks]).toEqual([0, []]);
    world.until(start + 3 * hour);
    expect(reminders(world)).toEqual(['candidate.reminder.h24']);
  });

  test('[P-08] a way back: keep it, or another time', () => {
    const world = new World().booked(start).tap('candidate.button.cancel').tap('candidate.button.keep');
    expect(world.said).toEqual(['candidate.cancel.kept']);
    expect(world.application.interview?.start).toBe(start);
    world.tap('candidate.button.cancel').tap('move');
    expect(world.said).toEqual(['candidate.slot.day']);
  });

  test('[P-06] the recruiter calls it off: the candidate and the client know, a new time is owed', () => {
    const world = new World().booked(start);
    world.act('anna', { type: 'cancelInterview' });
    expect(world.said).toEqual(['candidate.interviewCancelled']);
    expect(world.told('client')).toEqual(['client.interview.cancelled']);
    expect([world.application.stage, world.tasks, world.slots.size]).toEqual(['invited', ['reschedule'], 0]);
    world.until(start + hour);
    expect(reminders(world)).toEqual([]);
  });

  test.each([
    [{ type: 'refuse' as const, reason: 'other' }],
    [{ type: 'blacklist' as const, reason: 'x' }],
    [{ type: 'reserve' as const }],
    [{ type: 'detach' as const }],
  ])('[P-06] nobody comes in vain: %j before the interview tells the candidate it is off', (act) => {
    const world = new World().booked(start);
    world.act('anna', act);
    expect(world.said[0]).toBe('candidate.interviewCancelled');
    expect(world.slots.size).toBe(0);
  });

  test('[P-06] an interview that was held is not said to be off', () => {
    const world = new World().booked(start).until(start + hour);
    world.act('anna', { type: 'recordAttendance', attendance: 'came' });
    world.act('anna', { type: 'refuse', reason: 'skills' });
    expect(world.said).toEqual([]);
  });
});

describe('attendance and the portrait', () => {
  const asked = () => new World().booked(start).until(start + 20 * minute);

  test('[P-09] is asked 20 minutes after the start, as a task', () => {
    expect(new World().booked(start).until(start + 19 * minute).tasks).toEqual([]);
    const world = asked();
    expect(world.tasks).toEqual(['attendance']);
    expect(world.everTold('anna').at(-1)).toBe('notice.attendance');
  });

  test.each(['came', 'warned', 'notWarned'] as const)(
    '[P-09] "%s" is kept, and a decision is owed',
    (attendance) => {
      const world = asked();
      expect(world.code('anna', { type: 'recordAttendance', attendance })).toBe('done');
      expect(world.application).toMatchObject({ stage: 'decision', interview: { attendance } });
      expect(world.tasks).toEqual(['decision']);
    },
  );

  test('[P-09] is not asked when it is recorded already, and not recorded before the start', () => {
    const world = new World().booked(start);
    expect(world.code('anna', { type: 'recordAttendance', attendance: 'came' })).toBe('tooEarly');
    world.now = start + 5 * minute;
    world.act('anna', { type: 'recordAttendance', attendance: 'came' });
    world.until(start + hour);
    expect(world.everTold('anna')).not.toContain('notice.attendance');
  });

  test('[P-09] may be corrected until the decision, and not after it', () => {
    const world = asked();
    world.act('anna', { type: 'recordAttendance', attendance: 'notWarned' });
    expect(world.code('anna', { type: 'recordAttendance', attendance: 'came' })).toBe('done');
    world.act('anna', { type: 'judgePortrait', fits: true });
    expect(world.code('anna', { type: 'recordAttendance', attendance: 'warned' })).toBe('wrongStage');
    expect(world.application).toMatchObject({ stage: 'passed', interview: { attendance: 'came' } });
  });

  test('[P-09] a no-show can be given another time: the held window is left behind', () => {
    const world = asked();
    world.act('anna', { type: 'recordAttendance', attendance: 'warned' });
    expect(world.code('anna', { type: 'invite' })).toBe('done');
    const again = at('2026-11-30T11:00');
    world.chooses(again);
    expect(world.application).toMatchObject({ stage: 'interview', interview: { start: again } });
    expect(world.application.interview?.attendance).toBeUndefined();
    expect([...world.slots.keys()]).toEqual([`anna:${again}`]);
  });

  test('[P-10] fits: the next stage, and the candidate hears it', () => {
    const world = asked();
    world.act('anna', { type: 'recordAttendance', attendance: 'came' });
    world.act('anna', { type: 'judgePortrait', fits: true });
    expect(world.application.stage).toBe('passed');
    expect(world.said).toEqual(['candidate.passed']);
    expect(world.tasks).toEqual([]);
  });

  test('[P-10] does not fit: refused, with the message 12 hours later', () => {
    const world = asked();
    world.act('anna', { type: 'recordAttendance', attendance: 'came' });
    world.act('anna', { type: 'judgePortrait', fits: false });
    expect(world.application).toMatchObject({ stage: 'refused', refusal: { reason: 'skills' } });
    world.until(start + 24 * hour);
    expect(world.everSaid.at(-1)).toBe('candidate.refusal');
  });
});

describe('publishing after a crash', () => {
  test('[P-08] a moved interview orders each alarm once: set and silenced in one decision would end silent', () => {
    const world = new World().booked(start);
    world.tap('candidate.button.anotherTime');
    world.chooses(at('2026-11-27T11:00'));
    const alarms = world.last.flatMap((effect) =>
      effect.type === 'schedule' || effect.type === 'cancel' ? [effect.key] : [],
    );
    expect(alarms.length).toBeGreaterThan(2);
    expect(new Set(alarms).size).toBe(alarms.length);
    expect([...world.alarms.keys()]).toEqual(
      expect.arrayContaining([expect.stringMatching(/^reminder/), expect.stringMatching(/^attendance/)]),
    );
  });
});

describe('several applications of one person', () => {
  test('[A-12] an interview of one leaves the other alone', () => {
    const world = new World([vacancy('cook'), vacancy('driver')]).booked(start);
    const [first] = world.state.applications;
    world.arrives('driver').say('да');
    world.act('anna', { type: 'invite' });
    world.chooses(at('2026-11-27T11:00'));
    world.act('anna', { type: 'refuse', reason: 'other' });
    expect(world.state.applications.find(({ id }) => id === first?.id)).toMatchObject({
      stage: 'interview',
      interviewVersion: 1,
    });
    world.until(start);
    expect(reminders(world)).toEqual(['candidate.reminder.h24', 'candidate.reminder.h3']);
    expect(morning).toBeLessThan(start);
  });
});
