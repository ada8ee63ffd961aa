import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ChannelId, traitsOf } from '../../flows/channels.ts';
import type { Happened } from '../../flows/event.ts';
import type { Channel } from '../../runtime/channel.ts';
import type { Rendered } from '../../runtime/words.ts';
import { eventually } from '../support/eventually.ts';
import type { Person } from '../support/simulator.ts';
import { type Ground, type Rig, type RunningRig, startRig } from './rig.ts';

/** What a channel can; the contract asks each for what it has. */
export interface Abilities {
  channel: ChannelId;
  /** Where its person stands: the address the product knows them by. */
  addressOf(person: { id: number; phone: string }): string;
  /** In the simulator: how one becomes a person there. */
  join(rig: RunningRig, name: string, phone: string): Promise<Person>;
  /** Choices can be pressed; else they are answered with a number. */
  buttons: boolean;
  /** It says when somebody changed what they wrote. */
  edits: boolean;
  /** It says when somebody wants to hear nothing more; others only refuse, or do not know. */
  blocked: 'blocked' | 'refused' | 'unknown';
  /** It is a server that answers with errors of its own. */
  server: boolean;
  /** The longest text it takes, in characters. */
  longest: number;
  build(ground: Ground): Promise<Rig>;
  /** No chat: notices with a link to the person's page, where they answer. And what it has beside. */
  notices?: {
    /** A person can write back. */
    hears: boolean;
    /** A notice carries files, and the links that are the message's own. */
    carries: boolean;
  };
  /** Where the simulator has no such person: how the stand-in fails, and what a file it got says. */
  fault?(kind: string, rig: RunningRig, address: string): unknown;
  bytes?(file: { name: string; url: string }): Promise<string>;
}

const reader = { lang: 'ru', zone: 'Europe/Moscow' };
const plain = (text: string): Rendered => ({ text, buttons: [] });
const offering = (text: string, count: number): Rendered => ({
  text,
  buttons: Array.from({ length: count }, (_, index) => [
    { label: `Выбор ${index + 1}`, data: `p:x:${index + 1}` },
  ]),
});

/** Where the pages of people are, for channels that link to them. */
export const pages = 'https://bot.example.com';

/** The contract of every channel, over its real protocol and against its honest stand-in. */
export function channelContract(abilities: Abilities): void {
  const { notices } = abilities;
  const talks = !notices;
  const hearing = notices?.hears ?? true;
  const carries = notices?.carries ?? true;
  describe(`[X-07] the contract of a channel: ${abilities.channel}`, () => {
    let rig: RunningRig;
    let person: Person;
    let address = '';
    let count = 0;

    beforeAll(async () => {
      rig = await startRig(abilities.build);
    });
    afterAll(() => rig.close());
    beforeEach(async () => {
      count += 1;
      const phone = `+7916000${String(1000 + count)}`;
      person = await abilities.join(rig, `Анна Контракт${count}`, phone);
      address = abilities.addressOf({ id: person.id, phone });
      if (hearing) {
        await person.say('Здравствуйте');
        // Heard late it would be taken for what the test waits for.
        await eventually(
          () => Promise.resolve(rig.heard.map(({ happened }) => happened)),
          (list) => list.some((one) => 'text' in one && one.text === 'Здравствуйте'),
          5_000,
        );
      }
      await rig.simulator.call('DELETE', '/sim/faults');
      rig.heard.length = 0;
      rig.receipts.length = 0;
    });

    const send = (message: Rendered, more: Partial<Parameters<Channel['send']>[2]> = {}, by = rig.channel) =>
      by.send(address, message, {
        key: `row-${count}-${Math.round(performance.now() * 1000)}`,
        reader,
        ...more,
      });
    const fault = async (kind: string, more: object = {}): Promise<void> => {
      if (abilities.fault) return void (await abilities.fault(kind, rig, address));
      await rig.simulator.call('POST', '/sim/faults', { kind, channel: abilities.channel, ...more });
    };
    const bytesOf = async (file: { name: string; url: string } | undefined): Promise<string> => {
      if (!file) throw new Error('no file');
      if (abilities.bytes) return abilities.bytes(file);
      return (await fetch(`${rig.simulator.url}${file.url}`)).text();
    };
    const hears = async (type: Happened['type']): Promise<Happened> => {
      const list = await eventually(
        () => Promise.resolve(rig.heard.map(({ happened }) => happened)),
        (all) => all.some((one) => one.type === type),
        5_000,
      );
      const found = list.find((one) => one.type === type);
      if (!found) throw new Error('unreachable');
      return found;
    };
    const arrived = async () => {
      const found = await hears('messageArrived');
      if (found.type !== 'messageArrived') throw new Error('unreachable');
      return found;
    };

    test.runIf(hearing)('what a person writes arrives, with who they are', async () => {
      await person.say('Готова выйти завтра');
      expect(await arrived()).toMatchObject({
        reach: { channel: abilities.channel, address },
        kind: 'text',
        text: 'Готова выйти завтра',
        ...(talks && { person: { name: `Анна Контракт${count}` } }),
      });
    });

    test('what is sent is seen, without a tag and with its marks', async () => {
      const result = await send(plain('<b>Привет</b>, Анна &amp; Ко'));
      expect(result).toMatchObject({ outcome: 'sent' });
      const { text } = await person.sees('Привет');
      expect(text).toMatch(/^\*?Привет\*?, Анна & Ко$/);
    });

    test.runIf(talks)('a choice comes back as what its button carries, with its label', async () => {
      await send(offering('Когда?', 2), { asks: true });
      await person.sees('Когда?');
      if (abilities.buttons) await person.tap('Выбор 2');
      else await person.say('2');
      expect(await hears('buttonTapped')).toMatchObject({ data: 'p:x:2', label: 'Выбор 2' });
    });

    test.runIf(talks)('one of thirty choices can be made', async () => {
      await send(offering('Время?', 30), { asks: true });
      const message = await person.sees('Время?');
      if (message.buttons.flat().length === 30) await person.tap('Выбор 17');
      else await person.say('17');
      expect(await hears('buttonTapped')).toMatchObject({ data: 'p:x:17', label: 'Выбор 17' });
    });

    test.runIf(talks)('the last of a row that is wider than the channel allows can be chosen', async () => {
      const wide = [offering('', 9).buttons.flat(), offering('', 1).buttons.flat()];
      wide[1]?.push(...['a', 'b', 'c'].map((path) => ({ label: path, url: `https://example.org/${path}` })));
      await send({ text: 'Ряд?', buttons: wide }, { asks: true });
      const message = await person.sees('Ряд?');
      if (message.buttons.flat().length >= 9) await person.tap('Выбор 9');
      else await person.say('9');
      expect(await hears('buttonTapped')).toMatchObject({ data: 'p:x:9', label: 'Выбор 9' });
    });

    test.runIf(notices)('where nothing can be chosen the page’s link stands instead', async () => {
      await send(offering('Когда?', 2), { asks: true, application: 'a1' });
      const { text } = await person.sees('Когда?');
      expect(text).toContain(`${pages}/p/a1.`);
      expect(text).not.toContain('p:x:2');
    });

    test.runIf(carries)('links and what is to be copied are seen', async () => {
      const buttons = [
        [{ label: 'Карта', url: 'https://example.org/map' }],
        [{ label: 'Адрес', copy: 'Тверская, 1' }],
      ];
      await send({ text: 'Где мы', buttons });
      const message = await person.sees('Где мы');
      const seen = `${message.text} ${JSON.stringify(message.buttons)}`;
      expect(seen).toContain('https://example.org/map');
      expect(seen).toContain('Тверская, 1');
    });

    test.runIf(hearing)('a file arrives with its bytes and its name', async () => {
      const bytes = Buffer.from('Опыт: повар, 3 года');
      await person.send({ file: { name: 'резюме.txt', base64: bytes.toString('base64') } });
      const { kind, file } = await arrived();
      expect(kind).toBe('file');
      expect(file).toMatchObject({ name: 'резюме.txt', kind: 'document' });
      if (file?.channel === 'kept')
        expect(Buffer.from((await rig.ground.files.read(file)).bytes).toString()).toBe(bytes.toString());
    });

    test.runIf(carries)('a file that is kept here is sent with its bytes and its name', async () => {
      const file = await rig.kept(Buffer.from('%PDF-1.4 договор'), 'договор.pdf', 'document');
      expect(await send(plain('Договор'), { file })).toMatchObject({ outcome: 'sent' });
      const { document } = await person.sees('Договор');
      expect(document?.name).toBe('договор.pdf');
      expect(await bytesOf(document)).toBe('%PDF-1.4 договор');
    });

    test.runIf(carries)('an invitation for the calendar is a file', async () => {
      const start = Date.UTC(2026, 11, 1, 9);
      const file = {
        kind: 'ics',
        uid: 'u',
        sequence: 0,
        cancelled: false,
        start,
        minutes: 20,
        title: { text: 'Встреча' },
      } as const;
      await send(plain('Календарь'), { file });
      const { document } = await person.sees('Календарь');
      expect(document?.name).toBe('interview.ics');
    });

    test.runIf(talks)('a voice message and a sticker are told apart from words', async () => {
      await person.send({ voice: true });
      expect(await arrived()).toMatchObject({ kind: 'voice', file: { kind: 'voice' } });
      rig.heard.length = 0;
      await person.send({ sticker: true });
      expect(await arrived()).toMatchObject({ kind: 'sticker' });
    });

    test.runIf(talks)('a contact that is one’s own is known as such', async () => {
      await person.send({ contact: true });
      expect(await arrived()).toMatchObject({ kind: 'contact', contact: { own: true } });
    });

    test.runIf(hearing)('what is delivered twice is heard once', async () => {
      await fault('duplicate-update', { chat: person.id });
      await person.say('один раз');
      await person.say('второй');
      const words = () =>
        Promise.resolve(rig.heard.map(({ happened }) => ('text' in happened ? happened.text : undefined)));
      // What was said before this test may be heard late.
      const own = (text: string | undefined) => text === 'один раз' || text === 'второй';
      await eventually(words, (list) => list.includes('второй'), 5_000);
      expect((await words()).filter(own)).toEqual(['один раз', 'второй']);
    });

    test.runIf(abilities.edits)('a message that was changed says so', async () => {
      await person.say('было');
      const mine = (await person.messages()).findLast(({ from }) => from === 'user');
      rig.heard.length = 0;
      await person.send({ edit: mine?.id, text: 'стало' });
      expect(await arrived()).toMatchObject({ kind: 'edited', text: 'стало' });
    });

    test('what is too long is cut, and its choices stay', async () => {
      const long = `${'Очень длинный текст. '.repeat(500)}`;
      const more = { asks: true, ...(notices && { application: 'a1' }) };
      expect(await send(offering(long, 4), more)).toMatchObject({ outcome: 'sent' });
      const message = await person.sees('Очень длинный');
      expect(message.text.length).toBeLessThanOrEqual(abilities.longest);
      expect(`${message.text} ${JSON.stringify(message.buttons)}`).toContain(
        notices ? `${pages}/p/a1.` : 'Выбор 4',
      );
    });

    test.runIf(traitsOf[abilities.channel].receipts)(
      'that it arrived is told once, however often it is said',
      async () => {
        await fault('duplicate-update', { chat: person.id });
        const sent = await send(plain('дошло'));
        for (let times = 0; times < 2; times += 1) await rig.ask?.();
        const told = () =>
          Promise.resolve(
            rig.receipts.filter(
              ({ messageId, state }) =>
                state === 'delivered' && 'messageId' in sent && messageId === sent.messageId,
            ),
          );
        await eventually(told, (list) => list.length > 0, 5_000);
        // Whatever was said again has been heard by then.
        if (hearing) await person.say('вижу');
        if (hearing) await arrived();
        expect(await told()).toHaveLength(1);
      },
    );

    test('an answer that is lost on the way back leaves it unknown', async () => {
      await fault('drop-after');
      expect(await send(plain('дошло ли'))).toMatchObject({ outcome: 'uncertain' });
    });

    test('nobody listens: it certainly did not arrive', async () => {
      expect(await send(plain('никого'), {}, rig.away)).toMatchObject({ outcome: 'notArrived' });
    });

    test.runIf(abilities.server)(
      'a server in trouble: it did not arrive, and may be sent again',
      async () => {
        await fault('500');
        expect(await send(plain('ещё раз'))).toMatchObject({ outcome: 'notArrived' });
        expect(await send(plain('ещё раз'))).toMatchObject({ outcome: 'sent' });
      },
    );

    test.runIf(abilities.server)('too fast: it did not arrive, and says how long to wait', async () => {
      await fault('429');
      expect(await send(plain('быстро'))).toMatchObject({
        outcome: 'notArrived',
        retryAfter: expect.any(Number),
      });
      // Nor does anything wait in a messenger: whoever sends it looks first whether it is wanted still.
      if (talks) {
        const error = 'the channel asks to wait';
        expect(await send(plain('следом'))).toEqual({ outcome: 'notArrived', error });
      }
      await eventually(
        () => send(plain('быстро')),
        ({ outcome }) => outcome === 'sent',
      );
    });

    test.runIf(abilities.blocked !== 'unknown')('somebody who wants no more is not written to', async () => {
      if (abilities.fault) await fault('block');
      else await rig.simulator.call('POST', `/sim/users/${person.id}/block`);
      expect(await send(plain('стоп'))).toMatchObject({ outcome: abilities.blocked });
    });
  });
}
