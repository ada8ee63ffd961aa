import { describe, expect, test } from 'vitest';
import { at, file, hour, minute, morning, question, vacancy, World } from './factory.ts';

const start = at('2026-11-26T14:20');

describe('a recruiter talks through the bot', () => {
  const open = () => {
    const world = new World([
      vacancy('cook', { questions: [question('a', 'yesno'), question('b', 'text')] }),
    ]).consents();
    world.act('anna', { type: 'openRelay' });
    return world;
  };

  test('[X-05] the candidate sees the recruiter’s words, the recruiter the candidate’s; the bot is silent', () => {
    const world = open();
    world.act('anna', { type: 'relayMessage', text: 'Здравствуйте' });
    expect(world.said).toEqual(['candidate.relay']);
    expect(world.message('candidate.relay').message.params).toEqual({
      name: 'name of anna',
      text: 'Здравствуйте',
    });
    world.say('да');
    expect([world.said, world.told('anna')]).toEqual([[], ['notice.candidateWrote']]);
    expect(world.application.answers).toEqual({});
    world.send({ kind: 'voice', file: { ...file, kind: 'voice' } });
    expect([world.said, world.told('anna')]).toEqual([[], ['notice.candidateSent']]);
  });

  test('[X-05] commands and buttons work all the same', () => {
    expect(open().say('/status').said).toContain('candidate.status.title');
    expect(open().tap('candidate.button.yes').application.answers['a']?.value).toBe('yes');
  });

  test('[X-05] files go both ways; an empty message does not', () => {
    const world = open();
    expect(world.code('anna', { type: 'relayMessage', text: ' ' })).toBe('emptyText');
    expect(world.code('anna', { type: 'relayMessage', file })).toBe('done');
    expect(world.said).toEqual(['candidate.relayFile']);
    expect(world.message('candidate.relayFile').message.file).toEqual(file);
  });

  test('[X-05] ended by the recruiter: the question that was open comes again', () => {
    const world = open();
    world.act('anna', { type: 'closeRelay' });
    expect(world.said).toEqual(['candidate.relayOver', 'candidate.question.text']);
    expect(world.state.relay).toBeUndefined();
    expect(world.say('да').application.answers['a']?.value).toBe('yes');
    expect(world.code('anna', { type: 'closeRelay' })).toBe('done');
    expect(world.said).toEqual([]);
  });

  test('[X-02] who wrote /stop in the middle of it is asked nothing when it ends', () => {
    const world = open().say('/stop');
    world.act('anna', { type: 'closeRelay' });
    expect(world.said).toEqual([]);
    const invited = new World().invited();
    invited.act('anna', { type: 'openRelay' });
    invited.say('/stop').until(morning + 5 * hour);
    expect(invited.state.relay).toBeUndefined();
    expect(invited.everSaid.at(-1)).toBe('candidate.stopped');
  });

  test('[X-05] four hours without a word end it; each word begins them anew', () => {
    const world = open()
      .until(morning + 3 * hour)
      .say('секунду')
      .until(morning + 4 * hour);
    expect(world.state.relay).toBeDefined();
    world.until(morning + 7 * hour);
    expect(world.state.relay).toBeUndefined();
    expect(world.told('anna')).toEqual(['notice.relayEnded']);
    expect(world.said).toEqual(['candidate.question.text']);
  });

  test('[X-05] another member takes over only after its end', () => {
    const world = open();
    expect(world.code('boris', { type: 'openRelay' })).toBe('relayBusy');
    expect(world.code('boris', { type: 'relayMessage', text: 'а' })).toBe('relayBusy');
    world.act('anna', { type: 'closeRelay' });
    expect(world.code('boris', { type: 'openRelay' })).toBe('done');
  });

  test('[X-05] called without an application, the head hears of it once a day', () => {
    const world = new World().say('/human');
    expect([world.said, world.told('head')]).toEqual([
      ['candidate.human.noOne'],
      ['notice.humanNoApplication'],
    ]);
    world.say('/human');
    expect([world.said, world.told('head')]).toEqual([['candidate.human.noOne'], []]);
    world.until(morning + 25 * hour).say('/human');
    expect(world.told('head')).toEqual(['notice.humanNoApplication']);
  });

  test('[X-05] opening it settles the call for a human', () => {
    const world = new World().consents().say('/human');
    expect(world.said).toEqual(['candidate.human.coming']);
    world.act('anna', { type: 'openRelay' });
    expect(world.tasks).not.toContain('help');
  });
});

describe('at every moment', () => {
  const moments: [string, () => World][] = [
    ['before anything', () => new World()],
    ['at consent', () => new World().arrives()],
    ['at a question', () => new World().consents()],
    ['waiting for the recruiter', () => new World().screened()],
    ['choosing a day', () => new World().invited()],
    ['choosing a time', () => new World().invited().tap('2026-11-26')],
    ['while a window is booked', () => new World().invited().tap('2026-11-26').say('14:20')],
    ['with an interview', () => new World().booked(start)],
    ['asked why not', () => new World().booked(start).tap('candidate.button.cancel')],
  ];
  const happenings = [
    { kind: 'text', text: '/status' },
    { kind: 'text', text: '/help' },
    { kind: 'text', text: '/language' },
    { kind: 'text', text: '/human' },
    { kind: 'text', text: '/stop' },
    { kind: 'text', text: '/start' },
    { kind: 'text', text: 'эээ' },
    { kind: 'text', text: '/unknown' },
    { kind: 'voice', file: { ...file, kind: 'voice' } },
    { kind: 'sticker' },
    { kind: 'file', file },
    { kind: 'edited', text: 'да' },
    { kind: 'forwarded', text: 'чужое' },
    { kind: 'contact', contact: { phone: '+79161234567', own: true } },
    { kind: 'other' },
  ] as const;
  for (const [moment, make] of moments) {
    test.each(happenings)(`[X-06] ${moment}: %j gets an answer, and no interview changes`, (happening) => {
      const world = make();
      const { interview } = world.state.applications.at(-1) ?? {};
      world.send(happening);
      expect(world.said.length).toBeGreaterThan(0);
      expect(world.said).not.toContain('candidate.hint.text');
      if (moment !== 'asked why not' || happening.kind !== 'text' || happening.text !== 'эээ')
        expect(world.state.applications.at(-1)?.interview).toMatchObject(interview ?? {});
    });
  }

  test('[X-05] words and files outside any question go to the recruiter, and the candidate knows', () => {
    const world = new World().screened();
    for (const sent of [
      { kind: 'text', text: 'когда ответ?' },
      { kind: 'file', file },
      { kind: 'voice', file },
      { kind: 'forwarded', text: 'вот' },
    ] as const) {
      world.send(sent);
      expect(world.said).toEqual(['candidate.passedOn']);
      expect(world.told('anna')).toHaveLength(1);
    }
    expect(world.send({ kind: 'sticker' }).said).toEqual(['candidate.hint.sticker']);
  });

  test('[X-05] without a recruiter they go to the head', () => {
    const world = new World();
    world.turn = {};
    expect(world.screened().say('есть кто?').told('head')).toEqual(['notice.candidateWrote']);
  });

  test('[X-06] a mistyped command is no answer: the help, and the question again', () => {
    const world = new World([vacancy('cook', { questions: [question('a', 'text')] })])
      .consents()
      .say('/hlep');
    expect(world.said).toEqual(['candidate.help', 'candidate.question.text']);
    expect(world.application.answers).toEqual({});
    const leaving = new World().booked(start).tap('candidate.button.cancel').say('/staus');
    expect(leaving.application.stage).toBe('interview');
  });

  test('[X-05] words too long for one message arrive whole, in pieces, both ways', () => {
    const long = `${'слово '.repeat(600)}\n${'й'.repeat(4_000)}`;
    const pieces = (key: string, world: World) =>
      world.last
        .flatMap((one) => (one.type === 'notify' && one.message.key === key ? [one.message] : []))
        .map(({ params, buttons }) => ({ text: String(params?.text), buttons: buttons?.length ?? 0 }));
    const world = new World().screened().say(long);
    const heard = pieces('notice.candidateWrote', world);
    expect(heard.map(({ text }) => text).join('')).toBe(long);
    expect(heard.every(({ text }) => text.length <= 3_500)).toBe(true);
    expect(heard.map(({ buttons }) => buttons)).toEqual([0, 0, 1]);
    world.act('anna', { type: 'openRelay' });
    world.act('anna', { type: 'relayMessage', text: long });
    expect(
      pieces('candidate.relay', world)
        .map(({ text }) => text)
        .join(''),
    ).toBe(long);
  });

  test('[X-02] before consent nothing of a person is passed on', () => {
    const world = new World().arrives().send({ kind: 'file', file });
    expect(world.said).toEqual(['candidate.hint.otherFile', 'candidate.consent.ask']);
    expect(world.told('anna')).toEqual([]);
  });

  test('[X-06] /stop silences, the next word brings back; a blocked chat is known', () => {
    const world = new World().screened().say('/stop');
    expect([world.state.stopped, world.said]).toEqual([true, ['candidate.stopped']]);
    expect(world.say('я передумал').state.stopped).toBeUndefined();
    world.happens({ type: 'channelBlocked', reach: { channel: 'telegram', address: '100' } });
    expect(world.state.channels).toMatchObject([{ blocked: true }]);
    world.happens({ type: 'channelUnblocked', reach: { channel: 'telegram', address: '100' } });
    expect(world.state.channels).toMatchObject([{ blocked: false }]);
  });

  test('[X-01] a language nobody has changes nothing', () => {
    expect(new World().consents().tap('l:xx').state.lang).toBe('ru');
  });

  test('[X-06] /status shows where it stands, with the buttons of a coming interview only', () => {
    const shown = (world: World) => world.say('/status').message('candidate.status.title').message;
    const coming = shown(new World().booked(start));
    expect(JSON.stringify(coming.params)).toContain('candidate.status.interview');
    expect(coming.buttons?.flat()).toHaveLength(2);
    const held = new World().booked(start).until(start + minute);
    held.act('anna', { type: 'recordAttendance', attendance: 'came' });
    expect(JSON.stringify(shown(held).params)).toContain('candidate.status.decision');
    expect(shown(held).buttons).toBeUndefined();
    expect(new World().say('/status').said).toEqual(['candidate.status.none']);
  });

  test('[X-06] an event that comes twice is decided once', () => {
    const world = new World().arrives();
    const data = world.data('candidate.consent.yes');
    world.tap(data, 'same').tap(data, 'same');
    expect(world.state.applications).toHaveLength(1);
    expect(world.last).toEqual([]);
  });

  test('[X-06] the same event on the same state gives the same ids', () => {
    const one = new World().arrives().tap('candidate.consent.yes');
    const other = new World().arrives().tap('candidate.consent.yes');
    expect(one.state).toEqual(other.state);
    expect(one.effects).toEqual(other.effects);
  });
});
