import { describe, expect, test } from 'vitest';
import { at, hour, minute, morning, vacancy, words, World } from './factory.ts';

const start = at('2026-11-26T14:20');
const reminders = (world: World) => world.everSaid.filter((key) => /reminder\.(days|hours)$/.test(key));

describe('the reminders', () => {
  test('[P-08] come a day before and three hours before, once, with the version of the interview', () => {
    const world = new World().booked(start).until(start - 24 * hour - 1);
    expect(reminders(world)).toEqual([]);
    world.until(start - 24 * hour);
    expect(reminders(world)).toEqual(['candidate.reminder.days']);
    expect(world.message('candidate.reminder.days')).toMatchObject({
      interviewVersion: 1,
      key: `reminder:${world.application.id}:24h:1`,
    });
    world.until(start + hour);
    expect(reminders(world)).toEqual(['candidate.reminder.days', 'candidate.reminder.hours']);
  });

  test('[P-06] what to bring to the office is said to whoever comes there, and the number only where it is known', () => {
    const said = (format: 'phone' | 'office', formats: ('phone' | 'office')[]) => {
      const world = new World([vacancy('cook', { formats, notes: 'паспорт' })]).screened();
      world.act('anna', { type: 'setInterview', interviewer: 'anna', start, format });
      return world.settle().message('candidate.slot.booked').message.params;
    };
    expect(said('office', ['phone', 'office'])?.notes).toMatchObject({ params: { notes: 'паспорт' } });
    expect(said('phone', ['phone', 'office'])).toMatchObject({ notes: '', place: { key: 'page.byPhone' } });
    expect(said('phone', ['phone'])?.notes).toMatchObject({ params: { notes: 'паспорт' } });
  });

  test('[P-08] booked less than a day ahead: only the later one', () => {
    const world = new World().booked(at('2026-11-24T16:00')).until(start);
    expect(reminders(world)).toEqual(['candidate.reminder.hours']);
  });

  test('[P-08] "I’ll be there": thanks, the recruiter sees it at once, a second tap only toasts', () => {
    const world = new World()
      .booked(start)
      .until(start - 24 * hour)
      .tap('candidate.button.willCome');
    expect(world.said).toEqual(['candidate.reminder.confirmed']);
    expect(world.toast).toEqual({ key: 'candidate.toast.confirmed' });
    expect(world.told('anna')).toEqual(['notice.confirmed']);
    expect(world.application.interview).toMatchObject({
      reminders: [{ hours: 24, confirmed: start - 24 * hour }, { hours: 3 }],
    });
    world.tap('candidate.button.willCome');
    expect([world.said, world.told('anna')]).toEqual([[], []]);
    expect(world.toast).toEqual({ key: 'candidate.toast.alreadyConfirmed' });
    world.until(start - 4 * hour);
    expect(world.everTold('anna')).not.toContain('notice.silent');
  });

  test.each([
    ['Буду!', 'candidate.reminder.confirmed'],
    ['да', 'candidate.reminder.confirmed'],
    ['i’ll be there', 'candidate.reminder.confirmed'],
    ['не смогу', 'candidate.cancel.ask'],
    ['нет', 'candidate.cancel.ask'],
    ['Извините, не смогу сегодня прийти(', 'candidate.cancel.ask'],
    ['не могу дозвониться', 'candidate.passedOn'],
    ['а можно перенести на пятницу?', 'candidate.slot.day'],
    ['во сколько мне быть?', 'candidate.passedOn'],
  ])('[X-06] "%s", typed under a reminder', (text, said) => {
    const world = new World().booked(start).until(start - 24 * hour);
    expect(world.say(text).said).toEqual([said]);
    expect(world.application.stage).toBe('interview');
    // Answered already, words are for the recruiter again.
    if (said === 'candidate.reminder.confirmed') expect(world.say(text).said).toEqual(['candidate.courtesy']);
  });

  test.each([
    ['Можно перенести собеседование?', 'candidate.slot.day', []],
    ['не смогу, извините', 'candidate.cancel.ask', []],
    ['can we reschedule the interview?', 'candidate.slot.day', []],
    ['заболела, температура 39', 'candidate.cancel.ask', ['notice.candidateWrote']],
    ['перезвоните попозже', 'candidate.passedOn', ['notice.candidateWrote']],
    ['Спасибо большое!', 'candidate.courtesy', ['notice.candidateWrote']],
    ['ок', 'candidate.courtesy', ['notice.candidateWrote']],
    ['👍', 'candidate.courtesy', ['notice.candidateWrote']],
    ['спасибо, а куда идти?', 'candidate.passedOn', ['notice.candidateWrote']],
  ])('[X-06] "%s", typed before any reminder', (text, said, told) => {
    const world = new World().booked(start).say(text);
    expect([world.said, world.told('anna')]).toEqual([[said], told]);
    expect(world.application.interview).toMatchObject({ start });
  });

  test.each([
    'опоздаю на 10 минут',
    'Извините, опаздываю, пробки',
    'буду на 15 минут позже',
    'I’ll be 10 minutes late',
    // On the day itself.
    'буду попозже',
    'Подъеду чуть позже, извините',
    'на полчасика попозже приду',
    'I’ll be there a bit later',
  ])('[X-06] "%s", typed under a reminder: they come, and the recruiter reads it', (text) => {
    const world = new World().booked(start).until(start - 3 * hour);
    world.say(text);
    expect([world.said, world.told('anna')]).toEqual([['candidate.reminder.late'], ['notice.candidateLate']]);
    const told = world.last.flatMap((one) => (one.type === 'notify' ? [one.message] : []));
    expect(told).toContainEqual(
      expect.objectContaining({
        key: 'notice.candidateLate',
        params: expect.objectContaining({ text, when: { at: start, as: 'dateTime' } }),
      }),
    );
    world.say(text);
    expect([world.said, world.told('anna')]).toEqual([['candidate.reminder.late'], ['notice.candidateLate']]);
    const silentBefore = world.everTold('anna').filter((key) => key === 'notice.silent').length;
    world.until(start - minute);
    expect(world.everTold('anna').filter((key) => key === 'notice.silent')).toHaveLength(silentBefore);
  });

  test.each([
    ['а если опоздаю?', 'candidate.passedOn'],
    ['опаздываю, сегодня не приду', 'candidate.passedOn'],
    ['опоздаю сильно, давайте перенесём', 'candidate.slot.day'],
    ['буду попозже, давайте перенесём', 'candidate.slot.day'],
    ['приду попозже, завтра', 'candidate.slot.day'],
    ['если приду попозже, примете?', 'candidate.slot.day'],
    ['давайте попозже', 'candidate.slot.day'],
    ['буду ждать звонка попозже', 'candidate.slot.day'],
    ['не буду позже', 'candidate.passedOn'],
  ])('[X-06] "%s", typed under a reminder, is not said by somebody who comes late', (text, said) => {
    const world = new World().booked(start).until(start - 3 * hour);
    expect(world.say(text).said).toEqual([said]);
    expect(world.told('anna')).not.toContain('notice.candidateLate');
  });

  test('[X-06] "I’ll come a little later", said the day before, wants another time', () => {
    const world = new World().booked(start).until(start - 24 * hour);
    expect(world.say('приду попозже').said).toEqual(['candidate.slot.day']);
  });

  test('[X-05] [X-06] late, said while a recruiter talks: the reminder is answered, and the bot is silent', () => {
    const world = new World().booked(start).until(start - 3 * hour);
    world.act('boris', { type: 'openRelay' });
    world.say('опоздаю на 10 минут');
    expect(world.said).toEqual([]);
    expect([world.told('boris'), world.told('anna')]).toEqual([
      ['notice.candidateLate'],
      ['notice.candidateLate'],
    ]);
    expect(world.application.interview?.reminders.at(-1)?.confirmed).toBe(world.now);
    const silent = world.everTold('anna').filter((key) => key === 'notice.silent').length;
    world.until(start - minute);
    expect(world.everTold('anna').filter((key) => key === 'notice.silent')).toHaveLength(silent);
    expect(world.state.relay).toBeDefined();
  });

  test('[X-05] late, said while a recruiter talks and a reason was asked for: the place is kept', () => {
    const world = new World().booked(start).until(start - 3 * hour);
    world.tap('candidate.button.cannot').act('anna', { type: 'openRelay' });
    world.say('опоздаю на 10 минут');
    expect([world.said, world.told('anna'), world.state.dialog]).toEqual([
      [],
      ['notice.candidateLate'],
      undefined,
    ]);
  });

  test('[X-06] late, where a reason is asked for: the place is kept', () => {
    const world = new World().booked(start).until(start - 3 * hour);
    world.tap('candidate.button.cannot').say('опоздаю на 10 минут');
    expect([world.said, world.application.stage]).toEqual([['candidate.reminder.late'], 'interview']);
    expect(world.state.dialog).toBeUndefined();
  });

  test('[X-07] where a tap cannot be answered by a toast, a message says it', () => {
    const world = new World().booked(start).until(start - 24 * hour);
    const reach = { channel: 'whatsapp' as const, address: '+79161234567' };
    world.state.channels = [reach];
    const { id } = world.application;
    const data = `r:${id}:${world.application.interviewVersion}:yes:24`;
    world.happens({ type: 'buttonTapped', reach, person: {}, data });
    expect(world.said).toEqual(['candidate.reminder.confirmed']);
    world.happens({ type: 'buttonTapped', reach, person: {}, data });
    expect(world.said).toEqual(['candidate.toast.alreadyConfirmed']);
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

  test('[X-04] who has named a city further west since the booking is reminded in that city’s morning', () => {
    // Nine in the morning in Moscow is one at night in New York.
    const early = at('2026-11-26T09:00');
    const world = new World().booked(early);
    world.state.zone = 'America/New_York';
    const morningThere = at('2026-11-25T08:00', 'America/New_York');
    world.until(morningThere - 1);
    expect(reminders(world)).toEqual([]);
    world.until(morningThere);
    expect(reminders(world)).toEqual(['candidate.reminder.days']);
  });

  test('[X-04] a reminder that is late by then in a zone named just now waits for the morning there', () => {
    const world = new World().booked(start);
    world.state.zone = 'America/New_York';
    // At night there when it was due: it waits for eight in the morning, which is eleven in the evening in Vladivostok.
    world.until(at('2026-11-25T08:00', 'America/New_York') - minute);
    world.state.zone = 'Asia/Vladivostok';
    const morningThere = at('2026-11-26T08:00', 'Asia/Vladivostok');
    world.until(morningThere - 1);
    expect(reminders(world)).toEqual([]);
    world.until(morningThere);
    expect(reminders(world)).toEqual(['candidate.reminder.days']);
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
    expect(reminders(world)).toEqual(['candidate.reminder.days', 'candidate.reminder.hours']);
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
    for (const kind of ['reminder', 'silence'] as const) {
      for (const hours of [24, 3])
        expect(world.rings({ kind, hours, application: id, version: 1 }).last).toEqual([]);
    }
    expect(world.rings({ kind: 'reminder', hours: 24, application: 'gone', version: 1 }).last).toEqual([]);
  });

  test('[P-07] [A-08] moved to another interviewer’s window, whoever was to hold it hears that they are free', () => {
    const world = new World([vacancy('cook', { interviewers: ['boris', 'head'] })]).screened();
    world.act('anna', { type: 'take' });
    world.act('anna', { type: 'setInterview', interviewer: 'boris', start, format: 'office' });
    world.settle();
    expect(world.everTold('boris')).toEqual(['notice.interviewSet']);
    world.act('anna', { type: 'setInterview', interviewer: 'head', start: start + hour, format: 'office' });
    world.settle();
    expect(world.everTold('boris')).toEqual(['notice.interviewSet', 'notice.interviewCancelled']);
    expect(world.told('head')).toEqual(['notice.interviewMoved']);
    world.act('anna', {
      type: 'setInterview',
      interviewer: 'head',
      start: start + 2 * hour,
      format: 'office',
    });
    world.settle();
    expect(world.told('head')).toEqual(['notice.interviewMoved']);
  });

  test('[A-08] a recruiter who holds the interview has it in their own calendar, as it moves and until it is off', () => {
    const world = new World([vacancy('cook', { interviewers: ['anna', 'boris'] })]).screened();
    const files = () =>
      world.last.flatMap((effect) =>
        effect.type === 'notify' && 'member' in effect.to && effect.to.member === 'anna'
          ? [[effect.message.key, effect.message.file]]
          : [],
      );
    const entry = (sequence: number, cancelled: boolean) =>
      expect.objectContaining({ uid: `interview-${world.application.id}`, sequence, cancelled });
    const set = (interviewer: string, moment: number) => {
      world.act('anna', { type: 'setInterview', interviewer, start: moment, format: 'office' });
      world.settle();
    };
    set('anna', start);
    expect(files()).toEqual([['notice.interviewSet', entry(1, false)]]);
    set('anna', start + hour);
    expect(files()).toEqual([['notice.interviewMoved', entry(2, false)]]);
    set('boris', start + 2 * hour);
    expect(files()).toEqual([['notice.interviewMoved', entry(3, true)]]);
    set('anna', start + 3 * hour);
    world.act('anna', { type: 'cancelInterview' });
    expect(files()).toEqual([['notice.interviewCancelled', entry(5, true)]]);
  });

  test('[P-08] a meeting that is over, its attendance not put down, is not shown as one to come', () => {
    const world = new World()
      .booked(start)
      .until(start - 1)
      .say('/status');
    const lines = () => JSON.stringify(world.message('candidate.status.title').message.params);
    expect(lines()).toContain('"candidate.status.interview"');
    world.until(start + minute).say('/status');
    expect(lines()).toContain('"candidate.status.held"');
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

describe('reminders as data', () => {
  const listed = (hoursBefore: number[]) => {
    const world = new World();
    world.policy.reminders.hoursBefore = hoursBefore;
    return world;
  };

  test('[P-08] a list of any length: each comes once, in order, with its own key and answer', () => {
    const world = listed([1, 48, 24, 24]).booked(start);
    world.until(start - 24 * hour).tap('candidate.button.willCome');
    world.until(start);
    expect(reminders(world)).toEqual([
      'candidate.reminder.days',
      'candidate.reminder.days',
      'candidate.reminder.hours',
    ]);
    expect(world.application.interview?.reminders).toEqual([
      { hours: 48, asked: start - 48 * hour },
      { hours: 24, asked: start - 24 * hour, confirmed: start - 24 * hour },
      { hours: 1, asked: start - hour },
    ]);
    expect(world.message('candidate.reminder.hours').key).toBe(`reminder:${world.application.id}:1h:1`);
  });

  test('[P-08] no reminders at all: none is armed, attendance is asked all the same', () => {
    const world = listed([])
      .booked(start)
      .until(start + hour);
    expect(reminders(world)).toEqual([]);
    expect(world.everTold('anna')).toContain('notice.attendance');
  });

  test.each([
    ['2026-11-27T14:20', 48, { key: 'candidate.reminder.inDays', params: { count: 2 } }],
    ['2026-11-27T14:20', 24, { key: 'candidate.reminder.tomorrow' }],
    ['2026-11-27T14:20', 3, { key: 'candidate.reminder.inHours', params: { count: 3 } }],
    // Moved from six in the morning to eight: two hours are left, not four.
    ['2026-11-27T10:00', 4, { key: 'candidate.reminder.inHours', params: { count: 2 } }],
  ])('[P-08] an interview at %s, %i hours before: what is left is said', (time, hours, left) => {
    const meeting = at(time);
    const world = listed([hours]).booked(meeting).until(meeting);
    const key = `candidate.reminder.${hours < 24 ? 'hours' : 'days'}`;
    expect(world.message(key).message.params).toMatchObject({ left });
  });

  test.each([
    ['ru', 1, 'через 1 час'],
    ['ru', 3, 'через 3 часа'],
    ['ru', 11, 'через 11 часов'],
    ['en', 1, 'in 1 hour'],
    ['en', 3, 'in 3 hours'],
  ])('[X-01] in %s, %i: %s', (lang, count, text) => {
    expect(words.text({ lang, zone: 'utc' }, 'candidate.reminder.inHours', { count })).toBe(text);
  });

  test('[P-08] a yes to an older reminder, given after the newer one, is an answer to both', () => {
    const world = new World().booked(start).until(start - 24 * hour);
    const yes = world.data('candidate.button.willCome');
    world.until(start - 3 * hour).tap(yes);
    const before = world.everTold('anna').filter((key) => key === 'notice.silent').length;
    world.until(start);
    expect(world.everTold('anna').filter((key) => key === 'notice.silent')).toHaveLength(before);
  });

  test('[P-08] the list changed after the booking: the armed ones ring, and moving arms the new', () => {
    const world = new World().booked(start);
    world.policy.reminders.hoursBefore = [2];
    world.tap('candidate.button.anotherTime').chooses(at('2026-11-27T11:00'));
    expect([...world.alarms.keys()].filter((key) => key.startsWith('reminder'))).toEqual([
      `reminder2:${world.application.id}`,
    ]);
  });
});

describe('the same window in another format', () => {
  const both = () => new World([vacancy('cook', { formats: ['phone', 'zoom'] })]);
  const booked = () => {
    const world = both().invited();
    world.tap('phone').chooses(start);
    return world.until(start - 24 * hour).tap('candidate.button.willCome');
  };

  test('[P-07] the candidate takes Zoom at the same time: window kept, all sides told, yes still stands', () => {
    const world = booked();
    world.tap('candidate.button.anotherTime').tap('zoom').chooses(start);
    expect(world.application).toMatchObject({
      interviewVersion: 2,
      interview: {
        start,
        format: 'zoom',
        reminders: [{ hours: 24, confirmed: expect.any(Number) }, { hours: 3 }],
      },
    });
    expect([...world.slots.keys()]).toEqual([`anna:${start}`]);
    expect(world.said).toEqual(['candidate.slot.booked', 'candidate.slot.calendar']);
    expect(world.told('anna')).toEqual(['notice.interviewReformed']);
    expect(world.told('client')).toEqual(['client.interview.reformed']);
    world.until(start);
    expect(reminders(world)).toEqual(['candidate.reminder.days', 'candidate.reminder.hours']);
  });

  test('[P-08] a reminder that was due while nobody could ring it is sent for the interview as it is held now', () => {
    const world = both().invited();
    world.tap('phone').chooses(start);
    world.now = start - 24 * hour + minute;
    world.code('anna', { type: 'setInterview', interviewer: 'anna', start, format: 'zoom' });
    world.until(start - 23 * hour);
    expect(reminders(world)).toEqual(['candidate.reminder.days']);
    expect(world.message('candidate.reminder.days').interviewVersion).toBe(2);
    world.until(start);
    expect(reminders(world)).toEqual(['candidate.reminder.days', 'candidate.reminder.hours']);
  });

  test('[P-07] the same format is not offered at the same time', () => {
    const world = booked();
    world.tap('candidate.button.anotherTime').tap('phone');
    world.tap(`p:${world.state.dialog?.prompt}:2026-11-26`);
    expect(world.offeredTimes()).not.toContain(start);
  });

  test('[P-06] the recruiter does the same', () => {
    const world = booked();
    const act = { type: 'setInterview' as const, interviewer: 'anna', start };
    expect(world.code('anna', { ...act, format: 'phone' })).toBe('slotTaken');
    expect(world.code('anna', { ...act, format: 'zoom' })).toBe('done');
    world.settle();
    expect(world.application.interview).toMatchObject({ start, format: 'zoom' });
    expect(world.told('client')).toEqual(['client.interview.reformed']);
  });
});

describe('calling off', () => {
  test.each([
    ['3', { key: 'candidate.cancel.reason.ill', or: 'ill' }],
    ['заболела, температура', 'заболела, температура'],
    ['переехал в другой город', 'переехал в другой город'],
  ])('[P-19] "I can’t" asks why; "%s" is kept, the window is free, everybody knows', (said, reason) => {
    const world = new World()
      .booked(start)
      .until(start - 24 * hour)
      .tap('candidate.button.cannot');
    expect(world.said).toEqual(['candidate.cancel.ask']);
    if (said === '3') world.tap(said);
    else world.say(said);
    expect(world.application.stage).toBe('withdrawn');
    // Whoever is ill has nothing against the terms; others are asked for theirs.
    const ill = said !== 'переехал в другой город';
    expect(world.said).toEqual([ill ? 'candidate.cancel.getWell' : 'late.terms.ask']);
    expect(world.told('anna')).toEqual(['notice.withdrawn']);
    expect(world.told('client')).toEqual(['client.interview.cancelled']);
    const gone = { kind: 'ics', uid: `interview-${world.application.id}`, sequence: 2, cancelled: true };
    expect(world.message(ill ? 'candidate.cancel.getWell' : 'late.terms.ask').message.file).toMatchObject(
      gone,
    );
    for (const member of ['client', 'anna'])
      expect(world.last.filter((effect) => effect.type === 'notify' && 'member' in effect.to)).toContainEqual(
        expect.objectContaining({
          to: { member },
          message: expect.objectContaining({ file: expect.objectContaining(gone) }),
        }),
      );
    expect(JSON.stringify(world.last)).toContain(JSON.stringify(reason));
    expect([world.slots.size, world.tasks]).toEqual([0, []]);
    world.until(start + 3 * hour);
    expect(reminders(world)).toEqual(['candidate.reminder.days']);
  });

  test('[P-19] whoever is ill is wished well and not asked under what terms they would agree', () => {
    const world = new World().booked(start);
    world.tap('candidate.button.cancel').tap('candidate.cancel.reason.ill');
    expect(world.application.stage).toBe('withdrawn');
    expect(world.said).toEqual(['candidate.cancel.getWell']);
  });

  test.each([
    ['давайте в другое время', 'candidate.slot.day', 'interview'],
    ['Оставить как есть', 'candidate.cancel.kept', 'interview'],
    ['всё в силе', 'candidate.cancel.kept', 'interview'],
    ['да', 'candidate.hint.choice', 'interview'],
    ['не смогу', 'late.terms.ask', 'withdrawn'],
    ['сломалась машина', 'late.terms.ask', 'withdrawn'],
    ['1', 'candidate.slot.day', 'interview'],
    ['5', 'candidate.cancel.getWell', 'withdrawn'],
    ['7', 'candidate.cancel.kept', 'interview'],
    ['8', 'candidate.hint.choice', 'interview'],
  ])('[X-06] "%s", typed where a reason is asked for', (text, said, stage) => {
    const world = new World()
      .booked(start)
      .until(start - 24 * hour)
      .tap('candidate.button.cannot');
    expect(world.say(text).said[0]).toBe(said);
    expect(world.application.stage).toBe(stage);
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
    [{ type: 'refuse' as const, reason: 'other' }, 'candidate.interviewCancelled'],
    [{ type: 'blacklist' as const, reason: 'x' }, 'candidate.interviewOff'],
    [{ type: 'reserve' as const }, 'candidate.interviewCancelled'],
    [{ type: 'detach' as const }, 'candidate.interviewOff'],
  ])('[P-06] nobody comes in vain: %j before the interview tells the candidate it is off', (act, key) => {
    const world = new World().booked(start);
    world.act('anna', act);
    expect(world.said[0]).toBe(key);
    expect(world.message(key).message.file).toMatchObject({ kind: 'ics', cancelled: true, sequence: 2 });
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
    expect(world.application).toMatchObject({ stage: 'agreeing', interview: { attendance: 'came' } });
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
    expect(world.application.stage).toBe('agreeing');
    expect(world.said).toEqual(['candidate.passed']);
    expect(world.tasks).toEqual(['agree']);
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
    expect(reminders(world)).toEqual(['candidate.reminder.days', 'candidate.reminder.hours']);
    expect(morning).toBeLessThan(start);
  });
});
