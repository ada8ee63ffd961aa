import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import { cutQuote } from '../../channels/email/cutQuote.ts';
import { explainMail } from '../../channels/email/makeMailer.ts';
import { readLetter } from '../../channels/email/readLetter.ts';
import { openMail } from '../../channels/openMail.ts';
import { type Database, openDatabase } from '../../models/database.ts';
import type { Channel } from '../../runtime/channel.ts';
import { makeClock } from '../../runtime/clock.ts';
import { makeFiles } from '../../runtime/files.ts';
import type { Incoming } from '../../runtime/makeInbox.ts';
import { makePersonLinks } from '../../runtime/personLinks.ts';
import { loadWords, type Rendered } from '../../runtime/words.ts';
import { type Running, startSimulator } from '../simulator/support/startSimulator.ts';
import { eventually } from '../support/eventually.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';

const reader = { lang: 'ru', zone: 'Europe/Moscow' };
const clock = makeClock();
const words = loadWords(join(import.meta.dirname, '../../locales'));
const links = makePersonLinks({ secret: 's', base: 'https://bot.example.com', clock });
const message: Rendered = {
  text: 'Вы записаны: «Повар &amp; пекарь» ✅\n\n<b>среда, 25 ноября</b>\nВ офисе',
  buttons: [
    [{ label: 'Открыть встречу', url: 'https://zoom.test/1' }],
    [{ label: 'Буду', data: 'r:a:1:yes:3' }],
  ],
};
let sim: Running;
let store: OwnDatabase;
let db: Database;
let channel: Channel;
let ports: { smtp: string; imap: string };
const stops: (() => Promise<void>)[] = [];
let count = 0;

beforeAll(async () => {
  [sim, store] = await Promise.all([startSimulator(), ownDatabase()]);
  db = await openDatabase(store.uri);
  ports = (await sim.call('GET', '/sim/mail')).body;
  const mail = open(ports.smtp);
  if (!mail.channel) throw new Error('no channel');
  ({ channel } = mail);
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
afterAll(async () => {
  await db.close();
  await sim.stop();
});

const files = () => makeFiles({ db, clock, telegram: () => Promise.reject(new Error('not here')) });
function open(smtpUrl: string) {
  const settings = { smtpUrl, imapUrl: ports.imap, mailFrom: 'jobs@agency.test' };
  return openMail(settings, {
    db,
    words,
    clock,
    files: files(),
    links,
    log: () => undefined,
  });
}
const send = (to: string, more: Partial<Parameters<Channel['send']>[2]> = {}) => {
  count += 1;
  return channel.send(to, message, { key: `k${count}`, application: 'a1', reader, ...more });
};
const letters = async (address: string) => (await sim.call('GET', `/sim/mail/letters/${address}`)).body;

describe('letters out', () => {
  it('[B-07] have a subject, text, HTML, a link to the page and the way out of them', async () => {
    const result = await send('anna@mail.test');
    const [letter] = await letters('anna@mail.test');
    expect(result).toEqual({ outcome: 'sent', messageId: letter.messageId });
    expect(letter.subject).toBe('Вы записаны: «Повар & пекарь» ✅');
    expect(letter.from).toContain('Персонал-Сервис');
    expect(letter.text).toMatch(
      /среда, 25 ноября\nВ офисе[\s\S]*https:\/\/zoom\.test\/1[\s\S]*Ответить: https:\/\/bot\.example\.com\/p\/a1\./,
    );
    expect(letter.html).toContain('<b>среда, 25 ноября</b>');
    expect(letter.html).not.toContain('r:a:1:yes');
    expect(letter.unsubscribe).toMatch(/^https:\/\/bot\.example\.com\/p\/a1\..*\/mail$/);
  });

  it('[X-01] are the agency’s in the language of whoever reads them', async () => {
    const ics = {
      kind: 'ics' as const,
      uid: 'i',
      start: Date.UTC(2026, 10, 25, 9),
      minutes: 20,
      sequence: 1,
    };
    const file = { ...ics, cancelled: false, title: { text: 'Interview' } };
    await send('kate@mail.test', { reader: { ...reader, lang: 'en' }, file });
    const [letter] = await letters('kate@mail.test');
    expect(letter.from).toContain('Personnel Service');
    expect(letter.text).toContain('Personnel Service. You may reply');
    expect(letter.html).toContain('Personnel Service. You may reply');
    expect(JSON.stringify(letter)).not.toContain('Персонал');
  });

  it('[P-19] carry an interview as an invitation with the same UID and its SEQUENCE, and its end as CANCEL', async () => {
    const ics = { kind: 'ics' as const, uid: 'interview-a1', start: Date.UTC(2026, 10, 25, 9), minutes: 20 };
    const title = { text: 'Собеседование' };
    await send('ics@mail.test', { file: { ...ics, sequence: 1, cancelled: false, title } });
    await send('ics@mail.test', { file: { ...ics, sequence: 2, cancelled: true, title } });
    const texts = (await letters('ics@mail.test')).map(
      (one: { files: { type: string; text: string }[] }) =>
        one.files.find(({ type }) => type === 'text/calendar')?.text ?? '',
    );
    expect(texts[0]).toMatch(/METHOD:REQUEST[\s\S]*UID:interview-a1[\s\S]*SEQUENCE:1/);
    expect(texts[0]).toMatch(/ATTENDEE[^\n]*\n?[^\n]*ics@mail\.test/i);
    expect(texts[1]).toMatch(/METHOD:CANCEL[\s\S]*UID:interview-a1[\s\S]*SEQUENCE:2/);
  });

  it('[X-05] carry a file, and one thread per application', async () => {
    const file = await files().keep(Buffer.from('%PDF-1.7'), 'Договор.pdf', 'document');
    await send('file@mail.test', { file });
    await send('file@mail.test');
    const [one, two] = await letters('file@mail.test');
    expect(one.files).toMatchObject([{ name: 'Договор.pdf', type: 'application/pdf' }]);
    expect(one.references).toEqual(two.references);
    expect(one.messageId).not.toBe(two.messageId);
  });

  it('the same row of the ledger is the same letter to every mail program', async () => {
    await send('same@mail.test', { key: 'row' });
    await send('same@mail.test', { key: 'row' });
    const [one, two] = await letters('same@mail.test');
    expect(one.messageId).toBe(two.messageId);
  });

  test.each([
    ['550 5.1.1 no such user', 550, 'RCPT TO', 'blocked'],
    ['550 no such user', 550, 'RCPT TO', 'blocked'],
    ['550 5.7.1 you are spam', 550, 'RCPT TO', 'refused'],
    ['552 5.2.2 full', 552, 'RCPT TO', 'refused'],
    ['554 5.7.1 spam', 554, 'DATA', 'refused'],
    ['535 5.7.8 bad password', 535, 'AUTH PLAIN', 'refused'],
    ['451 4.7.1 greylisted', 451, 'RCPT TO', 'notArrived'],
  ])('%s means %s', (response, responseCode, command, outcome) => {
    const error = { message: 'x', code: 'EENVELOPE' as const, response, responseCode, command };
    expect(explainMail(error, false).outcome).toBe(outcome);
  });
});

describe('letters in', () => {
  const watch = async () => {
    const came: Incoming[] = [];
    const engine = { receive: (items: Incoming[]) => Promise.resolve(void came.push(...items)) };
    const watched = open(ports.smtp).watch(engine as never);
    if (!watched) throw new Error('no mailbox');
    stops.push(() => watched.stop());
    return came;
  };
  const write = (body: object) => sim.call('POST', '/sim/mail/send', body);
  const updates = (came: Incoming[]) =>
    came.map((one) => ('update' in one ? one.update : one)) as Record<string, unknown>[];
  const marked = () => db.settings.findOne({ _id: /^imap:/ } as never);

  it('[X-05] from people we know are taken once, whoever breaks the line, and nobody else’s', async () => {
    await db.candidates.insertOne({ _id: 'c1', email: 'vera@mail.test' } as never);
    await write({ from: 'vera@mail.test', text: 'from before the start' });
    const came = await watch();
    await eventually(marked, (row) => row !== null);
    await write({ from: 'stranger@mail.test', text: 'buy this' });
    await write({
      from: 'Vera@mail.test',
      text: 'Можно позже?',
      file: { name: '../cv.pdf', base64: 'JVBERi0=' },
    });
    await eventually(
      () => came,
      (list) => list.length === 1,
    );
    expect(updates(came)[0]).toMatchObject({
      kind: 'reply',
      from: 'vera@mail.test',
      text: 'Можно позже?',
      files: [{ channel: 'kept', name: 'cv.pdf', kind: 'document' }],
    });
    await sim.call('POST', '/sim/mail/drop');
    await write({ from: 'vera@mail.test', text: 'второе' });
    await eventually(
      () => came,
      (list) => list.length === 2,
    );
    await stops.splice(0)[0]?.();
    await write({ from: 'vera@mail.test', text: 'третье' });
    const later = await watch();
    await eventually(
      () => later,
      (list) => list.length === 1,
    );
    expect(updates(later)[0]).toMatchObject({ text: 'третье' });
  });

  it('the quoted letter is cut off, its thread is known, and an autoresponder is nobody', async () => {
    await db.candidates.insertOne({ _id: 'c2', email: 'olga@mail.test' } as never);
    await send('olga@mail.test');
    const came = await watch();
    await eventually(marked, (row) => row !== null);
    const [letter] = await letters('olga@mail.test');
    await write({ from: 'olga@mail.test', text: 'I am away', auto: true, answers: letter.uid });
    await write({ from: 'olga@mail.test', text: 'Да, буду', answers: letter.uid });
    await eventually(
      () => came,
      (list) => list.length === 1,
    );
    expect(updates(came)[0]).toMatchObject({ text: 'Да, буду' });
    expect(updates(came)[0]?.references).toEqual(expect.arrayContaining([letter.messageId]));
  });

  it('a letter that comes back names ours', async () => {
    await sim.call('POST', '/sim/mail/faults', { address: 'nobody@mail.test', kind: 'bounce' });
    const came = await watch();
    await eventually(marked, (row) => row !== null);
    const result = await send('nobody@mail.test');
    await eventually(
      () => came,
      (list) => list.length === 1,
    );
    expect(updates(came)[0]).toMatchObject({
      kind: 'bounce',
      recipient: 'nobody@mail.test',
      gone: true,
      messageId: 'messageId' in result ? result.messageId : '',
    });
  });
});

describe('a reply without the letter it answers', () => {
  test.each([
    [
      'Да, буду\n\nOn Sat, Nov 28, 2026 at 10:00, Agency <jobs@agency.test> wrote:\n> Вы записаны\n> в 12',
      'Да, буду',
    ],
    ['Да\n\nсб, 28 нояб. 2026 г. в 10:00, Кадры <jobs@agency.test>:\n\n> Вы записаны', 'Да'],
    ['Да\n\nсб, 28 нояб. 2026 г. в 10:00, Кадры\n<jobs@agency.test>:\n> Вы', 'Да'],
    ['Да\n\nОт: Кадры <jobs@agency.test>\nОтправлено: 28 ноября 2026\nТема: x\n\nВы записаны', 'Да'],
    ['Да\n\n-----Original Message-----\nFrom: x\n\nВы', 'Да'],
    ['Да\n________________________________\nFrom: x', 'Да'],
    ['Да\n-- \nВера', 'Да'],
    ['> Вы придёте?\nДа', 'Да'],
    ['Пишите на jobs@agency.test, там отвечают быстро', 'Пишите на jobs@agency.test, там отвечают быстро'],
    ['Буду в 2026 году: точно', 'Буду в 2026 году: точно'],
  ])('%j', (text, kept) => expect(cutQuote(text, 'jobs@agency.test')).toBe(kept));
});

test.each([
  ['Precedence: bulk', 'automatic'],
  ['Auto-Submitted: auto-replied', 'automatic'],
  ['Auto-Submitted: no', 'reply'],
  ['List-Id: <news.mail.test>', 'automatic'],
  ['X-Mailer: pen', 'reply'],
])('a letter with %s is %s', async (header, kind) => {
  const raw = `From: a@b.test\r\n${header}\r\nSubject: x\r\n\r\nhello\r\n`;
  expect((await readLetter(Buffer.from(raw), 'jobs@agency.test')).kind).toBe(kind);
});

test('a delay is no failure', async () => {
  const raw =
    'From: m@b.test\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@b.test\r\nAction: delayed\r\nStatus: 4.4.1\r\n--b--\r\n';
  expect((await readLetter(Buffer.from(raw), 'jobs@agency.test')).kind).toBe('automatic');
});
