import { describe, expect, test } from 'vitest';
import { candidate, morning, vacancy, World } from './factory.ts';

describe('consent', () => {
  test('[X-02] comes after the vacancy and before any question; nothing personal is kept until then', () => {
    const world = new World().arrives();
    expect(world.said).toEqual(['candidate.vacancy', 'candidate.consent.ask']);
    expect(world.state).toMatchObject({
      applications: [],
      dialog: { kind: 'consent', vacancy: 'cook', source: 'hh' },
    });
    expect(world.state.name).toBeUndefined();
    expect(world.state.consent).toBeUndefined();
  });

  test.each(['candidate.consent.yes', 'да', 'Да!', 'Согласна', 'ага', '+', 'yes', 'OK'])(
    '[X-02] "%s" is yes: version and time are kept, the questions begin',
    (said) => {
      const world = new World().arrives();
      if (said.startsWith('candidate.')) world.tap(said);
      else world.say(said);
      expect(world.state.consent).toEqual({ version: world.policy.consent.version, at: morning });
      expect(world.state.name).toBe('Пётр');
      expect(world.application).toMatchObject({
        vacancy: 'cook',
        source: 'hh',
        stage: 'screening',
        recruiter: 'anna',
      });
      expect(world.said).toEqual(['candidate.question.text']);
      expect(world.told('anna')).toEqual(['notice.newLead']);
      expect(world.happened).toContain('consentGiven');
    },
  );

  test.each(['candidate.consent.no', 'нет', 'Нет, спасибо', 'no', '-'])(
    '[X-02] "%s" is no: a kind end, nothing is kept, the chat is forgotten after it',
    (said) => {
      const world = new World().arrives();
      if (said.startsWith('candidate.')) world.tap(said);
      else world.say(said);
      expect(world.said).toEqual(['candidate.consent.declined']);
      expect(world.message('candidate.consent.declined').forget).toBe(true);
      expect(world.state).toMatchObject({ applications: [] });
      expect([world.state.dialog, world.state.name, world.state.consent]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    },
  );

  test('[X-05] after three words that are neither, the asking stops and help is named', () => {
    const world = new World().arrives().say('а что это');
    expect(world.said).toEqual(['candidate.hint.consent', 'candidate.consent.ask']);
    world.say('зачем');
    expect(world.said).toEqual(['candidate.hint.consent', 'candidate.consent.ask']);
    world.say('не понял');
    expect(world.said).toEqual(['candidate.human.noOne']);
    expect(world.told('head')).toEqual(['notice.humanNoApplication']);
    expect(world.say('да').application.stage).toBe('screening');
  });

  test('[X-02] who has consented once is not asked again for another vacancy', () => {
    const world = new World([vacancy('cook'), vacancy('driver')]).screened().arrives('driver');
    expect(world.said).toEqual(['candidate.vacancy', 'candidate.question.text']);
    expect(world.state.applications).toHaveLength(2);
  });

  test.each([
    ['the text that names /forget asks for no more than the one before', '2026-1', '2026-2', false],
    ['a text of before does not do for a later one', '2026-2', '2026-1', true],
    ['an agency’s own text is another', '2026-2', 'наша-1', true],
    ['nor is a name that every object has one of ours', '2026-1', 'constructor', true],
  ])(
    '[X-02] whoever agreed is asked anew only for a text that asks for more: %s',
    (_why, given, version, again) => {
      const world = new World([vacancy('cook'), vacancy('driver')]).screened();
      world.state.consent = { version: given, at: morning };
      world.policy.consent.version = version;
      world.arrives('driver');
      expect(world.said.at(-1)).toBe(again ? 'candidate.consent.ask' : 'candidate.question.text');
      expect(world.state.consent).toEqual({ version: given, at: morning });
    },
  );
});

describe('the choice of a vacancy', () => {
  const two = () => new World([vacancy('cook'), vacancy('driver'), vacancy('old', { status: 'archived' })]);

  test('[P-01] without a link the open vacancies are offered', () => {
    const world = two().say('Здравствуйте');
    expect(world.said).toEqual(['candidate.chooseVacancy']);
    expect(world.message('candidate.chooseVacancy').message.buttons).toHaveLength(2);
  });

  test.each(['вакансия driver', '2', 'driver', 'DRIVER'])('[X-06] "%s" is the second one', (said) => {
    const world = two().say('/start').say(said);
    expect(world.state.dialog).toMatchObject({ kind: 'consent', vacancy: 'driver', source: 'direct' });
  });

  test('[X-06] words that fit several offer those; the twenty-first is found by its name', () => {
    const world = new World(Array.from({ length: 25 }, (_none, n) => vacancy(`повар${n}`))).say('/start');
    expect(world.message('candidate.chooseVacancy').message.buttons).toHaveLength(20);
    expect(world.say('повар2').said).toEqual(['candidate.severalVacancies']);
    expect(world.message('candidate.severalVacancies').message.buttons).toHaveLength(6);
    world.say('вакансия повар24');
    expect(world.state.dialog).toMatchObject({ kind: 'consent', vacancy: 'повар24' });
  });

  test('[X-05] three unknown names bring help, not a fourth list', () => {
    const world = two().say('/start');
    for (const text of ['что', 'кто'])
      expect(world.say(text).said).toEqual(['candidate.hint.vacancy', 'candidate.chooseVacancy']);
    expect(world.say('где').said).toEqual(['candidate.human.noOne']);
  });

  test('[P-01] a link that leads nowhere or to a closed vacancy is said to, and the others are offered', () => {
    expect(two().say('/start unknown').said).toEqual(['candidate.linkUnknown', 'candidate.chooseVacancy']);
    expect(two().arrives('old').said).toEqual(['candidate.vacancyClosed', 'candidate.chooseVacancy']);
    expect(new World([]).say('привет').said).toEqual(['candidate.noVacancies']);
  });

  test('[P-04] the same link again starts nothing twice', () => {
    const world = new World().screened().arrives();
    expect(world.said).toEqual(['candidate.alreadyApplied']);
    expect(world.state.applications).toHaveLength(1);
  });

  test('[X-06] questions left for another vacancy go on when its link is opened again', () => {
    const world = two().consents('cook').arrives('driver');
    expect(world.state.dialog?.application).toBe(world.state.applications[1]?.id);
    world.arrives('cook');
    expect(world.said).toContain('candidate.question.text');
    expect(world.state.dialog?.application).toBe(world.state.applications[0]?.id);
  });

  test('[P-20] a blacklisted person is politely not taken through', () => {
    const state = candidate({
      consent: { version: '1', at: 0 },
      blacklisted: { at: 0, by: 'anna', reason: 'x' },
    });
    const world = new World([vacancy()], state).arrives();
    expect(world.said).toEqual(['candidate.notNow']);
    expect(world.state.applications).toEqual([]);
  });
});
