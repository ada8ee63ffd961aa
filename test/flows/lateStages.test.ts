import { describe, expect, test } from 'vitest';
import { at, hour, member, minute, World } from './factory.ts';

const windows = [at('2026-11-26T14:00'), at('2026-11-26T15:00'), at('2026-11-27T11:20')];
const [first = 0, second = 0] = windows;
const day = 24 * hour;

/** Fits the portrait: the client's interview is to be agreed. */
function agreeing(): World {
  const world = new World().booked();
  world.until((world.application.interview?.start ?? 0) + 25 * minute);
  world.act('anna', { type: 'recordAttendance', attendance: 'came' });
  world.act('anna', { type: 'judgePortrait', fits: true });
  world.now = at('2026-11-25T12:00');
  return world;
}
function proposed(): World {
  const world = agreeing();
  world.act('anna', { type: 'proposeWindows', starts: windows, format: 'office', notes: 'Спросить Ольгу' });
  return world;
}
/** The client ticked two of the three; the candidate is asked. */
function accepted(): World {
  const world = proposed();
  for (const start of [first, second])
    world.act('client', { type: 'answerWindows', round: 1, answer: 'toggle', start });
  world.act('client', { type: 'answerWindows', round: 1, answer: 'send' });
  return world.settle();
}
function agreed(): World {
  return accepted().tap(String(second)).settle();
}
function met(): World {
  const world = agreed();
  world.until(second + 25 * minute);
  world.act('client', { type: 'recordAttendance', attendance: 'came' });
  return world;
}
function offered(): World {
  const world = met();
  world.say('Понравилось');
  world.act('client', { type: 'setField', field: 'clientFeedback', value: 'Хороший' });
  world.act('client', { type: 'setField', field: 'clientDecision', value: 'approved' });
  world.act('anna', { type: 'outcome', outcome: 'approved' });
  return world;
}
const monday = at('2026-11-30T00:00');
function starting(): World {
  const world = offered();
  world.act('client', { type: 'setField', field: 'offerDate', value: at('2026-11-27T00:00') });
  world.act('client', { type: 'setField', field: 'startDate', value: monday });
  world.act('anna', { type: 'outcome', outcome: 'accepted' });
  return world;
}
function working(): World {
  const world = starting().until(monday + 19 * hour);
  world.say('Всё хорошо');
  world.act('client', { type: 'setField', field: 'firstDayClient', value: 'Справился' });
  world.act('anna', { type: 'outcome', outcome: 'works' });
  return world;
}

describe('what a client presses twice', () => {
  test('[P-13] that nobody came: the recruiter hears it once, and again when it was taken back between', () => {
    const world = agreed().until(second + 25 * minute);
    const told = () => world.everTold('anna').filter((key) => key === 'late.clientSaysMissed').length;
    world.act('client', { type: 'clientMissed' });
    world.act('client', { type: 'clientMissed' });
    expect(told()).toBe(1);
    world.act('client', { type: 'recordAttendance', attendance: 'came' });
    world.act('client', { type: 'clientMissed' });
    expect(told()).toBe(2);
    world.act('anna', { type: 'recordAttendance', attendance: 'notWarned' });
    world.act('client', { type: 'clientMissed' });
    expect(told()).toBe(2);
  });

  test('[P-13] asks and tells everybody once; a changed mind is told, and so is the next meeting’s', () => {
    const world = met();
    const told = (key: string) =>
      world.effects.filter((one) => JSON.stringify(one).includes(`"${key}"`)).length;
    world.act('client', { type: 'recordAttendance', attendance: 'came' });
    world.act('anna', { type: 'recordAttendance', attendance: 'came' });
    expect([told('late.feedback'), told('late.clientFeedback')]).toEqual([1, 1]);
    const says = (value: string) =>
      void world.act('client', { type: 'setField', field: 'clientDecision', value });
    const before = told('late.said');
    says('approved');
    says('approved');
    expect(told('late.said') - before).toBe(1);
    says('refused');
    world.now += 2 * minute;
    says('refused');
    expect(told('late.said') - before).toBe(3);
  });
});

describe('the client’s interview is agreed by three', () => {
  test('[P-11] the client ticks what suits, the candidate picks, all three know', () => {
    const world = proposed();
    expect(world.told('client')).toEqual(['late.askClient']);
    world.act('client', { type: 'answerWindows', round: 1, answer: 'toggle', start: first });
    world.act('client', { type: 'answerWindows', round: 1, answer: 'send' });
    world.settle();
    expect(world.said).toEqual(['late.pick']);
    expect(world.offeredTimes()).toEqual([first]);
    world.tap(String(first)).settle();
    expect(world.application).toMatchObject({
      stage: 'clientInterview',
      interview: { interviewer: 'client', start: first, kind: 'client', notes: 'Спросить Ольгу' },
      past: [{ attendance: 'came' }],
    });
    expect(world.application.agreement).toBeUndefined();
    expect(world.said).toEqual(['late.booked', 'candidate.slot.calendar']);
    expect(world.told('client')).toEqual(['client.interview.set']);
    expect(world.told('anna')).toEqual(['notice.interviewSet']);
  });

  test('[P-11] “all of them suit” is one press; what was not picked is free again', () => {
    const world = proposed();
    world.act('client', { type: 'answerWindows', round: 1, answer: 'send' });
    world.settle();
    expect([...world.slots.keys()].filter((key) => key.startsWith('client:'))).toHaveLength(3);
    world.tap(String(second)).settle();
    expect([...world.slots.keys()].filter((key) => key.startsWith('client:'))).toEqual([`client:${second}`]);
  });

  test('[P-11] a window of the client that somebody else holds is not offered', () => {
    const world = proposed();
    world.slots.set(`client:${first}`, 'another');
    world.act('client', { type: 'answerWindows', round: 1, answer: 'send' });
    world.settle();
    expect(world.offeredTimes()).toEqual(windows.slice(1));
  });

  test('[P-11] the client types times of their own: they are kept at once, and the candidate picks', () => {
    const world = proposed();
    const own = [at('2026-11-28T12:00'), at('2026-11-28T13:00')];
    expect(world.code('client', { type: 'answerWindows', round: 1, answer: 'own', starts: [1] })).toBe(
      'slotInPast',
    );
    world.act('client', { type: 'answerWindows', round: 1, answer: 'own', starts: own });
    expect(world.told('anna')).toEqual(['late.clientOwn']);
    world.settle();
    expect(world.offeredTimes()).toEqual(own);
    world.tap(String(own[0])).settle();
    expect(world.application.interview).toMatchObject({ interviewer: 'client', start: own[0] });
  });

  test('[P-11] the windows are kept so long; then the recruiter is told, and has the task', () => {
    const world = accepted();
    const kept = world.now + world.policy.agreeHoldHours * hour;
    world.until(kept - minute);
    expect(world.everTold('anna')).not.toContain('late.holdsEnded');
    world.until(kept);
    expect(world.everTold('anna').filter((key) => key === 'late.holdsEnded')).toHaveLength(1);
    expect([world.application.agreement, world.tasks]).toEqual([undefined, ['agree']]);
    expect(world.state.dialog).toBeUndefined();
  });

  test('[P-11] times that the client has not seen are not asked of the candidate, whoever talked with them meanwhile', () => {
    const world = agreed();
    world.tap('candidate.button.anotherTime');
    world.act('anna', { type: 'openRelay' });
    world.act('anna', { type: 'proposeWindows', starts: [at('2026-11-28T12:00')], format: 'office' });
    world.act('anna', { type: 'closeRelay' });
    expect(world.application.agreement?.waitsFor).toBe('client');
    expect(world.said).not.toContain('late.pick');
    expect(world.application.interview).toBeUndefined();
  });

  test('[P-11] asked anew at night, only the newest question is left for the morning', () => {
    const world = proposed();
    world.now = at('2026-11-25T23:00');
    world.act('client', { type: 'answerWindows', round: 1, answer: 'send' });
    const before = world.settle().application.agreement?.asked ?? '';
    world.act('anna', { type: 'openRelay' });
    world.act('anna', { type: 'closeRelay' });
    const after = world.application.agreement?.asked ?? '';
    expect([before, after].map((key) => world.leaving.get(key))).toEqual([undefined, at('2026-11-26T08:00')]);
  });

  test('[P-11] a time that is over cannot be picked: those to come are asked for again', () => {
    const world = accepted();
    world.now = first + minute;
    world.tap(String(first)).settle();
    expect(world.application).toMatchObject({
      stage: 'agreeing',
      agreement: { windows: [{ start: second }] },
    });
    expect(world.said).toEqual(['late.pickAgain']);
    expect(world.offeredTimes()).toEqual([second]);
    world.tap(String(second)).settle();
    expect(world.application.interview?.start).toBe(second);
  });

  test('[P-11] the last window has begun: the recruiter has the task, whoever presses then hears it', () => {
    const world = accepted();
    const buttons = String(first);
    world.now = second;
    world.tap(buttons).settle();
    expect(world.said).toEqual(['late.passed']);
    expect(world.told('anna')).toEqual(['late.holdsEnded']);
    expect([world.application.agreement, world.tasks]).toEqual([undefined, ['agree']]);
    const another = accepted();
    another.until(second);
    expect(another.everTold('anna')).toContain('late.holdsEnded');
  });

  test('[P-11] approved unseen while the candidate picks: the windows are free, and nothing is asked any more', () => {
    const world = accepted();
    const asked = world.message('late.pick').key;
    world.act('anna', { type: 'outcome', outcome: 'approvedUnseen' });
    expect([...world.slots.keys()].filter((key) => key.startsWith('client:'))).toEqual([]);
    expect([world.application.agreement, world.state.dialog]).toEqual([undefined, undefined]);
    expect(world.effects.flatMap((one) => (one.type === 'withdraw' ? one.messages : []))).toContain(asked);
    world.until(world.now + 30 * hour);
    expect(world.everTold('anna').filter((key) => /late.(holdsEnded|silent)/.test(key))).toEqual([]);
  });

  test('[P-11] picked in time: nothing is said of it later', () => {
    const world = accepted();
    world.tap(String(first)).settle();
    world.until(world.now + 30 * hour);
    expect(world.everTold('anna')).not.toContain('late.holdsEnded');
  });

  test('[P-12] a meeting may have an address of its own', () => {
    const world = agreeing();
    world.act('anna', { type: 'proposeWindows', starts: windows, format: 'office', address: 'Лесная, 7' });
    world.act('client', { type: 'answerWindows', round: 1, answer: 'send' });
    world.settle().tap(String(first)).settle();
    const { params, buttons } = world.message('late.booked').message;
    expect(params?.place).toMatchObject({ params: { address: 'Лесная, 7' } });
    expect(buttons?.flat().some(({ copy }) => copy === 'Лесная, 7')).toBe(true);
  });

  test('[P-11] none is left: the recruiter proposes again', () => {
    const world = proposed();
    for (const start of windows) world.slots.set(`client:${start}`, 'another');
    world.act('client', { type: 'answerWindows', round: 1, answer: 'send' });
    world.settle();
    expect(world.told('anna')).toEqual(['late.windowsTaken']);
    expect(world.tasks).toEqual(['agree']);
  });

  test('[P-11] the client asks for another time; after three rounds the recruiter is told so', () => {
    const world = agreeing();
    for (const round of [1, 2, 3]) {
      world.act('anna', { type: 'proposeWindows', starts: windows, format: 'office' });
      world.act('client', { type: 'answerWindows', round, answer: 'other' });
      expect(world.told('anna')).toEqual(
        round < 3 ? ['late.clientOther'] : ['late.clientOther', 'late.threeRounds'],
      );
    }
  });

  test('[P-11] the candidate asks for another time in their own words', () => {
    const world = accepted();
    world.tap('other');
    expect(world.said).toEqual(['late.other']);
    world.say('в субботу утром');
    expect(world.said).toEqual(['late.otherThanks']);
    expect(world.told('anna')).toContain('late.candidateOther');
    expect([...world.slots.keys()].filter((key) => key.startsWith('client:'))).toEqual([]);
  });

  test.each([
    ['client', () => proposed()],
    ['candidate', () => accepted()],
  ])('[P-11] silence of the %s is told to the recruiter', (side, at) => {
    const world = at();
    world.until(at().now + 5 * hour);
    expect(world.everTold('anna')).toContain(`late.silent.${side}`);
  });

  test('[P-11] an old press of the client changes nothing', () => {
    const world = accepted();
    expect(world.code('client', { type: 'answerWindows', round: 1, answer: 'other' })).toBe('wrongStage');
  });

  test('[K-01] another client may not answer, and this one may do nothing else', () => {
    const world = proposed();
    world.members.push(member('rival', 'client'));
    expect(world.code('rival', { type: 'answerWindows', round: 1, answer: 'send' })).toBe('notAllowed');
    expect(world.code('client', { type: 'invite' })).toBe('notAllowed');
    expect(world.code('client', { type: 'setField', field: 'price', value: 1 })).toBe('notAllowed');
    expect(world.code('client', { type: 'recordAttendance', attendance: 'notWarned' })).toBe('notAllowed');
  });

  test('[P-11] windows in the past, and a vacancy without a client, are refused', () => {
    const world = agreeing();
    expect(world.code('anna', { type: 'proposeWindows', starts: [world.now - 1], format: 'office' })).toBe(
      'slotInPast',
    );
    for (const vacancy of world.vacancies) delete vacancy.client;
    expect(world.code('anna', { type: 'proposeWindows', starts: windows, format: 'office' })).toBe(
      'noClient',
    );
  });

  test('[P-12] the candidate, the client and the recruiter are reminded', () => {
    const world = agreed();
    world.until(second - 2 * hour);
    expect(world.everSaid.filter((key) => key.startsWith('candidate.reminder.'))).not.toEqual([]);
    for (const member of ['client', 'anna']) expect(world.everTold(member)).toContain('late.meetingSoon');
  });

  test('[P-12] “another time” before the meeting goes back to all three', () => {
    const world = agreed();
    world.tap('candidate.button.anotherTime');
    expect(world.application).toMatchObject({ stage: 'agreeing' });
    expect(world.application.interview).toBeUndefined();
    expect(world.told('anna')).toContain('late.candidateMoves');
    expect(world.told('client')).toContain('client.interview.cancelled');
    world.say('В пятницу после обеда');
    expect(world.said).toEqual(['late.otherThanks']);
    expect(world.told('anna')).toContain('late.candidateOther');
  });
});

describe('after the client’s interview', () => {
  test('[P-13] both are asked, the answers are kept, the decision leads on', () => {
    const world = met();
    expect(world.said).toEqual(['late.feedback']);
    expect(world.told('client')).toEqual(['late.clientFeedback']);
    expect(world.code('anna', { type: 'outcome', outcome: 'approved' })).toBe('missing');
    world.say('Понравилось');
    expect(world.application.fields?.candidateFeedback).toMatchObject({
      value: 'Понравилось',
      by: 'candidate',
    });
    world.act('client', { type: 'setField', field: 'clientFeedback', value: 'Хороший' });
    expect(world.told('anna')).toEqual(['late.said']);
    world.act('anna', { type: 'outcome', outcome: 'approved' });
    expect(world.application.stage).toBe('offer');
    expect(world.told('client')).toEqual(['late.askDates']);
    expect(world.tasks).toEqual(['offer']);
  });

  test('[P-16] the client refuses: the reason is theirs, the message leaves 12 hours later', () => {
    const world = met();
    world.act('client', { type: 'setField', field: 'clientDecision', value: 'refused' });
    world.act('anna', { type: 'outcome', outcome: 'clientRefused' });
    expect(world.application).toMatchObject({ stage: 'refused', refusal: { reason: 'client' } });
    world.until(world.now + 11 * hour);
    expect(world.everSaid).not.toContain('candidate.refusal');
    world.until(world.now + 13 * hour);
    expect(world.everSaid).toContain('candidate.refusal');
  });
});

describe('offer, start, probation', () => {
  test('[P-14] one date alone does not do', () => {
    for (const field of ['offerDate', 'startDate'] as const) {
      const world = offered();
      expect(world.code('anna', { type: 'outcome', outcome: 'accepted' })).toBe('missing');
      world.act('client', { type: 'setField', field, value: monday });
      expect(world.code('anna', { type: 'outcome', outcome: 'accepted' })).toBe('missing');
      expect(world.application.stage).toBe('offer');
    }
  });

  test('[P-14] with both dates the way is open; the person hears the day', () => {
    const world = starting();
    expect(world.application.stage).toBe('starting');
    expect(world.said).toEqual(['late.starting']);
    expect(world.tasks).toEqual([]);
  });

  test('[P-15] a reminder the evening before; at the end of the day both are asked', () => {
    const world = starting();
    world.until(monday - 5 * hour);
    expect(world.everSaid).toContain('late.tomorrow');
    world.until(monday + 18 * hour + minute);
    expect(world.everSaid.at(-1)).toBe('late.firstDay');
    expect(world.everTold('client').at(-1)).toBe('late.clientFirstDay');
    expect(world.tasks).toEqual(['firstDay']);
  });

  test('[P-15] put down when the day is over: nobody hears of a day that was, and how it was is asked at once', () => {
    const world = offered();
    world.now = monday + 3 * day;
    world.act('client', { type: 'setField', field: 'offerDate', value: at('2026-11-27T00:00') });
    world.act('client', { type: 'setField', field: 'startDate', value: monday });
    world.act('anna', { type: 'outcome', outcome: 'accepted' });
    expect(world.said).toEqual([]);
    expect(world.alarms.get(`firstDay:${world.application.id}`)?.due).toBe(world.now);
    world.until(world.now + minute);
    expect(world.said).toContain('late.firstDay');
  });

  test('[P-15] a start day that moved is asked about on its own day, once', () => {
    const world = starting();
    world.act('anna', { type: 'setField', field: 'startDate', value: monday + 7 * day });
    world.until(monday + 20 * hour);
    expect(world.everSaid).not.toContain('late.firstDay');
    world.until(monday + 7 * day + 19 * hour);
    expect(world.everSaid.filter((key) => key === 'late.firstDay')).toHaveLength(1);
  });

  test('[P-16] does not work: refused, and the reserve stays open', () => {
    const world = starting().until(monday + 19 * hour);
    world.act('anna', { type: 'outcome', outcome: 'worksNot' });
    expect(world.application.stage).toBe('refused');
    world.act('anna', { type: 'reserve' });
    expect(world.application.stage).toBe('reserve');
  });

  test('[A-17] five days before the end of probation client and recruiter are asked; passed: hired', () => {
    const world = working();
    expect(world.said).toEqual(['late.works']);
    expect(world.tasks).toEqual([]);
    world.until(monday + 86 * day);
    expect(world.everTold('client').at(-1)).toBe('late.clientAssessment');
    expect(world.everTold('anna')).toContain('late.probationEnds');
    expect(world.code('anna', { type: 'outcome', outcome: 'probationPassed' })).toBe('missing');
    world.act('client', { type: 'setField', field: 'assessment', value: 'Остаётся' });
    world.act('anna', { type: 'outcome', outcome: 'probationPassed' });
    expect(world.application.stage).toBe('hired');
    expect(world.said).toEqual(['late.hired']);
    expect(world.state.notLooking).toMatchObject({ why: 'hired' });
    expect(world.tasks).toEqual([]);
  });

  test.each([
    [20, 'late.guarantee', ['replace']],
    [120, 'late.dismissed', []],
  ])('[A-18] dismissed after %i days: %s', (days, key, tasks) => {
    const world = working();
    expect(world.code('anna', { type: 'outcome', outcome: 'dismissed' })).toBe('missing');
    world.act('anna', { type: 'setField', field: 'dismissedAt', value: monday + days * day });
    world.act('anna', { type: 'setField', field: 'dismissReason', value: 'Опоздания' });
    world.act('anna', { type: 'outcome', outcome: 'dismissed' });
    expect(world.application.stage).toBe('dismissed');
    expect(world.told('anna')).toEqual([key]);
    expect(world.tasks).toEqual(tasks);
  });
});

describe('a candidate withdraws', () => {
  test('[P-19] the reason, the terms, thanks; the terms are kept', () => {
    const world = new World().booked();
    world.tap('candidate.button.cancel').tap('candidate.cancel.reason.terms');
    expect(world.application.stage).toBe('withdrawn');
    expect(world.said).toEqual(['late.terms.ask']);
    world.say('от 80 тысяч и два выходных');
    expect(world.said).toEqual(['late.terms.thanks']);
    expect(world.application.fields?.terms?.value).toBe('от 80 тысяч и два выходных');
    expect(world.told('anna')).toEqual(['late.terms.told']);
  });

  test.each([
    ['я передумала', 'candidate.passedOn', ['notice.candidateWrote']],
    ['Оставьте как есть', 'candidate.passedOn', ['notice.candidateWrote']],
    ['Добрый день! Я передумала, приду', 'candidate.passedOn', ['notice.candidateWrote']],
    ['приду, если от 100 тысяч', 'late.terms.thanks', ['late.terms.told']],
    ['👍', 'late.terms.ask', []],
    ['Ни на каких, спасибо', 'candidate.cancel.thanks', []],
    ['I’ve changed my mind', 'candidate.passedOn', ['notice.candidateWrote']],
    ['Здравствуйте!', 'late.terms.ask', []],
    ['да', 'late.terms.ask', []],
    ['нет', 'candidate.cancel.thanks', []],
    ['не смогу', 'candidate.cancel.thanks', []],
    ['спасибо', 'candidate.cancel.thanks', []],
    ['Добрый день, от 80 тысяч', 'late.terms.thanks', ['late.terms.told']],
  ])('[P-19] "%s" is kept as terms only when it is that', (text, said, told) => {
    const world = new World().booked();
    world.tap('candidate.button.cancel').tap('candidate.cancel.reason.terms').say(text);
    expect([world.said, world.told('anna')]).toEqual([[said], told]);
    const terms = told.includes('late.terms.told') ? text : undefined;
    expect(world.application.fields?.terms?.value).toBe(terms);
    expect(world.state.dialog?.kind).toBe(said === 'late.terms.ask' ? 'terms' : undefined);
  });

  test('[P-19] [X-06] a change of mind after the end is a word for the recruiter, not a courtesy', () => {
    const world = new World().booked();
    world.tap('candidate.button.cancel').tap('candidate.cancel.reason.foundJob').tap('late.button.noTerms');
    world.say('я передумала');
    expect([world.said, world.told('anna')]).toEqual([['candidate.passedOn'], ['notice.candidateWrote']]);
    expect(world.say('спасибо').said).toEqual(['candidate.courtesy']);
  });

  test('[P-19] under no terms: thanks for the time', () => {
    const world = new World().booked();
    world.tap('candidate.button.cancel').tap('candidate.cancel.reason.foundJob').tap('late.button.noTerms');
    expect(world.said).toEqual(['candidate.cancel.thanks']);
  });

  test('[P-19] before the client is met: the holds are free', () => {
    const world = accepted();
    world.tap('no').tap('candidate.cancel.reason.changedMind');
    expect(world.application.stage).toBe('withdrawn');
    expect([...world.slots.keys()].filter((key) => key.startsWith('client:'))).toEqual([]);
  });
});

describe('the client’s meeting is called off', () => {
  test('[B-05] [P-11] brought back within the minute it stands, and nobody has heard; later a new time is owed', () => {
    const world = agreed();
    const before = structuredClone(world.application.interview);
    world.act('anna', { type: 'cancelInterview' });
    expect([world.application.stage, world.tasks]).toEqual(['agreeing', ['agree']]);
    world.now += minute / 2;
    world.act('anna', { type: 'undo' });
    world.settle();
    expect(world.application).toMatchObject({ stage: 'clientInterview', interview: before });
    expect(world.tasks).toEqual([]);
    world.until(second - 3 * hour + minute);
    expect(world.everSaid).toContain('candidate.reminder.hours');
    expect(world.told('client')).not.toContain('client.interview.cancelled');
    const off = agreed();
    off.act('anna', { type: 'cancelInterview' });
    off.until(off.now + minute);
    expect([off.code('anna', { type: 'undo' }), off.tasks]).toEqual(['alreadySent', ['agree']]);
  });
});
