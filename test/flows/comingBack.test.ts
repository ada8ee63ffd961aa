import { describe, expect, test } from 'vitest';
import { hour, question, vacancy, World } from './factory.ts';

const day = 24 * hour;
const asked = () =>
  vacancy('cook', {
    questions: [
      question('medical', 'yesno', { rule: { expect: ['yes'], points: 1 } }),
      question('years', 'number', { min: 0, max: 50 }),
    ],
  });
const screened = (of = asked()) => new World([of]).consents().say('да').say('5');

describe('coming back', () => {
  test('[P-04] an open application is continued, never a second one', () => {
    const world = screened().arrives();
    expect(world.said).toEqual(['candidate.alreadyApplied']);
    expect(world.state.applications).toHaveLength(1);
  });

  test.each(['reserve', 'withdrawn'])(
    '[P-04] [P-20] from %s: a new application, joined to the old one',
    (stage) => {
      const world = screened();
      world.act('anna', stage === 'reserve' ? { type: 'reserve' } : { type: 'detach' });
      world.turn['cook'] = 'boris';
      world.arrives();
      const [old, now] = world.state.applications;
      expect(old).toMatchObject({ next: now?.id, stage: 'withdrawn' });
      expect(now).toMatchObject({ previous: old?.id, stage: 'screening', recruiter: 'anna', checking: true });
      expect(world.said).toEqual(['candidate.vacancy', 'candidate.again.welcome', 'candidate.again.check']);
      expect(world.told('anna')).toEqual(['notice.cameBack']);
      world.tap('candidate.again.right');
      expect(world.application).toMatchObject({ stage: 'review', answers: { years: { value: 5 } } });
      expect(world.told('anna')).toContain('view:card');
    },
  );

  test('[P-04] one answer is changed, the others stay; then all is shown again', () => {
    const world = screened();
    world.act('anna', { type: 'reserve' });
    world.arrives().say('2');
    expect(world.said).toEqual(['candidate.question.text']);
    world.say('7');
    expect(world.said).toEqual(['candidate.again.check']);
    world.say('что?');
    expect(world.said[0]).toBe('candidate.hint.check');
    world.say('да');
    expect(world.application.answers).toMatchObject({ medical: { value: 'yes' }, years: { value: 7 } });
    expect(world.state.applications[0]?.answers['years']?.value).toBe(5);
  });

  test('[P-04] everything anew', () => {
    const world = screened();
    world.act('anna', { type: 'reserve' });
    world.arrives().tap('candidate.again.anew').say('да').say('9');
    expect(world.application).toMatchObject({ stage: 'review', answers: { years: { value: 9 } } });
  });

  test('[B-04] a changed questionnaire: what no longer fits is asked, a knock-out of today counts', () => {
    const world = screened();
    world.act('anna', { type: 'reserve' });
    world.vacancies = [
      vacancy('cook', {
        questions: [
          question('medical', 'yesno', { rule: { expect: ['no'], knockOut: true } }),
          question('years', 'number', { min: 6, max: 50 }),
        ],
      }),
    ];
    world.arrives().say('6').tap('candidate.again.right');
    expect(world.application).toMatchObject({ stage: 'refused', refusal: { reason: 'knockOut' } });
  });

  test('[X-02] a newer consent is asked for first; "no" keeps what there is', () => {
    const world = screened();
    world.act('anna', { type: 'reserve' });
    world.policy.consent.version = '2027-1';
    world.arrives();
    expect(world.said).toEqual(['candidate.vacancy', 'candidate.consent.ask']);
    world.say('нет');
    expect(world.said).toEqual(['candidate.consent.kept']);
    expect(world.last.some((effect) => effect.type === 'notify' && effect.forget)).toBe(false);
    world.arrives().say('да');
    expect(world.state.consent?.version).toBe('2027-1');
    expect(world.application.previous).toBeDefined();
  });

  test('[P-18] refused and not told yet: nothing is let on, the recruiter hears it once', () => {
    const world = screened();
    world.act('anna', { type: 'refuse', reason: 'skills' });
    world.arrives();
    expect([world.said, world.told('anna')]).toEqual([
      ['candidate.alreadyApplied'],
      ['notice.cameAgainEarly'],
    ]);
    world.arrives();
    expect(world.told('anna')).toEqual([]);
    expect(world.state.applications).toHaveLength(1);
  });

  test('[P-18] refused and told: kindly later, and after the policy’s days anew', () => {
    const world = screened();
    world.act('anna', { type: 'refuse', reason: 'skills' });
    const at = world.application.refusal?.messageAt ?? 0;
    world.until(at + day).arrives();
    expect([world.said, world.told('anna')]).toEqual([['candidate.again.later'], ['notice.cameAgain']]);
    expect(world.message('candidate.again.later').message.params).toMatchObject({
      from: { at: at + 30 * day },
    });
    world.until(at + 30 * day).arrives();
    expect(world.said).toContain('candidate.again.check');
    expect(world.state.applications).toHaveLength(2);
    expect(world.state.applications[0]).toMatchObject({ stage: 'refused', next: world.application.id });
  });

  test('[P-20] the recruiter cannot open the old one beside the new one', () => {
    const world = screened();
    world.act('anna', { type: 'reserve' });
    const old = world.application.id;
    world.arrives();
    for (const act of [{ type: 'invite' as const }, { type: 'move' as const, stage: 'review' as const }])
      expect(world.code('anna', act, old)).toBe('continued');
  });

  test('[A-12] put on the same vacancy again by the recruiter: joined too, without questions', () => {
    const world = screened();
    world.act('anna', { type: 'detach' });
    expect(world.code('anna', { type: 'attach', vacancy: 'cook' })).toBe('done');
    expect(world.application).toMatchObject({ stage: 'review', answers: { years: { value: 5 } } });
    expect(world.application.previous).toBe(world.state.applications[0]?.id);
    expect(world.happened).toEqual(expect.arrayContaining(['attached', 'cameBack']));
  });
});

describe('the blacklist is the person’s', () => {
  const two = () => {
    const world = new World([vacancy('cook'), vacancy('driver', { recruiters: ['boris'] })]).booked();
    world.turn['driver'] = 'boris';
    world.arrives('driver').say('да');
    return world;
  };

  test('[P-20] every open application ends, the interview is freed, reminders are silent, the client knows', () => {
    const world = two();
    world.act('head', { type: 'blacklist', reason: 'x' });
    expect(world.state.applications.map(({ stage }) => stage)).toEqual(['blacklist', 'blacklist']);
    expect(world.slots.size).toBe(0);
    expect(world.told('client')).toEqual(['client.interview.cancelled']);
    expect(world.told('anna')).toContain('notice.endedByBlacklist');
    expect(world.said).toEqual(['candidate.interviewOff']);
    world.until(world.now + 10 * day);
    expect(world.everSaid.filter((key) => /reminder\.(days|hours)/.test(key))).toEqual([]);
  });

  test('[P-20] undo brings back what it ended, with what is owed there', () => {
    const world = two();
    world.act('head', { type: 'blacklist', reason: 'x' });
    expect(world.code('head', { type: 'undo' })).toBe('done');
    expect(world.state.blacklisted).toBeUndefined();
    const [cook, driver] = world.state.applications;
    expect([cook?.stage, driver?.stage]).toEqual(['invited', 'review']);
    const open = (one: typeof cook) =>
      one?.tasks.filter(({ done }) => done === undefined).map(({ kind }) => kind);
    expect([open(cook), open(driver)]).toEqual([['reschedule'], ['review']]);
  });

  test('[P-20] moved out by hand: the others are back too', () => {
    const world = two();
    world.act('head', { type: 'blacklist', reason: 'x' });
    expect(world.code('head', { type: 'move', stage: 'reserve' }, world.state.applications[0]?.id)).toBe(
      'done',
    );
    expect(world.state.applications.map(({ stage }) => stage)).toEqual(['reserve', 'review']);
  });

  test('[P-20] is politely not taken through, on every vacancy, by link or from the list', () => {
    const world = two();
    world.act('head', { type: 'blacklist', reason: 'x' });
    world.vacancies.push(vacancy('guard'));
    for (const of of ['cook', 'driver', 'guard'])
      expect(world.arrives(of).said).toEqual(['candidate.notNow']);
    expect(world.say('/start').said).toEqual(['candidate.notNow']);
    expect(world.code('head', { type: 'attach', vacancy: 'guard' })).toBe('blacklisted');
    expect(world.state.applications).toHaveLength(2);
  });
});

describe('the same phone number', () => {
  const asks = () => new World([vacancy('cook', { questions: [question('phone', 'phone')] })]).consents();
  const other = { candidate: 'm1', name: 'Пётр П.', application: 'a1' };

  test.each([
    [true, 'notice.duplicateOwn'],
    [false, 'notice.duplicateTyped'],
  ])('[P-04] by the contact button %s: the recruiter is told of a likely duplicate, once', (own, key) => {
    const world = asks();
    if (own) world.send({ kind: 'contact', contact: { phone: '+79161234567', own } });
    else world.say('8 916 123-45-67');
    expect(world.last).toContainEqual(
      expect.objectContaining({ type: 'findSame', phone: '+79161234567', own }),
    );
    const found = { type: 'sameFound' as const, application: world.application.id, own, others: [other] };
    world.happens(found);
    expect([world.said, world.told('anna')]).toEqual([[], [key]]);
    world.happens(found);
    expect(world.told('anna')).toEqual([]);
  });
});

describe('a person without any application', () => {
  test.each([
    ['anna', 'done'],
    ['api:crm', 'done'],
    ['client', 'notAllowed'],
    ['nobody', 'noSuchMember'],
  ])('[A-12] %s puts them on a vacancy: %s', (by, code) => {
    const world = new World();
    const decision = world.happens({ type: 'attach', application: '', by, vacancy: 'cook' });
    expect(decision.ok ? 'done' : decision.code).toBe(code);
    if (decision.ok) expect(world.happened).toContain('attached');
  });
});
