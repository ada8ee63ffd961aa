import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentType } from '../../models/contentType.ts';
import { type Database, openDatabase } from '../../models/database.ts';
import { safeName } from '../../models/safeName.ts';
import { makeClock } from '../../runtime/clock.ts';
import { type Files, FileTrouble, makeFiles } from '../../runtime/files.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';

describe('[X-05] files of every channel', () => {
  let store: OwnDatabase;
  let db: Database;
  let files: Files;
  beforeAll(async () => {
    store = await ownDatabase();
    db = await openDatabase(store.uri);
    const telegram = (id: string) =>
      id === 'there' ? Promise.resolve(Buffer.from('%PDF-1.7')) : Promise.reject(new FileTrouble('gone', id));
    files = makeFiles({ db, clock: makeClock(), telegram });
  });
  afterAll(async () => {
    await db.close();
  });

  it('keeps a file of several pieces and gives it back byte by byte', async () => {
    const bytes = Buffer.alloc(1_300_000, 'абв');
    bytes.write('%PDF-1.7');
    const file = await files.keep(bytes, 'Резюме Анны.pdf', 'document');
    expect(file).toMatchObject({
      channel: 'kept',
      name: 'Резюме Анны.pdf',
      kind: 'document',
      size: 1_300_000,
    });
    const read = await files.read(file);
    expect([read.name, read.type]).toEqual(['Резюме Анны.pdf', 'application/pdf']);
    expect(Buffer.compare(read.bytes, bytes)).toBe(0);
  });

  it('keeps what comes twice once', async () => {
    const before = await db.pieces.countDocuments({});
    const one = await files.keep(Buffer.from('x'), 'a.txt', 'document', 'wa:1:0');
    const two = await files.keep(Buffer.from('x'), 'a.txt', 'document', 'wa:1:0');
    expect(two).toEqual(one);
    expect(await db.pieces.countDocuments({})).toBe(before + 1);
  });

  it('an empty file is a file', async () => {
    const read = await files.read(await files.keep(new Uint8Array(), 'empty', 'other'));
    expect([read.bytes.length, read.type]).toEqual([0, 'application/octet-stream']);
  });

  it('takes no more than 20 MB', async () => {
    const keep = files.keep(new Uint8Array(20 * 1024 * 1024 + 1), 'film.mp4', 'other');
    await expect(keep).rejects.toMatchObject({ code: 'tooLarge' });
  });

  it('fetches what Telegram has, and says of both when it is gone', async () => {
    const of = (channel: 'telegram' | 'kept', id: string) =>
      files.read({ channel, id, name: 'cv.exe', kind: 'document' });
    expect((await of('telegram', 'there')).type).toBe('application/pdf');
    await expect(of('telegram', 'gone')).rejects.toMatchObject({ code: 'gone' });
    await expect(of('kept', 'gone')).rejects.toMatchObject({ code: 'gone' });
  });
});

it.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\tmp\\cv.pdf', 'cv.pdf'],
  ['a\u202Efdp.exe', 'afdp.exe'],
  ['..', 'file'],
  ['', 'file'],
  ['a\r\nb: c.pdf', 'ab_ c.pdf'],
  ['Анкета «Повар» №1.docx', 'Анкета «Повар» №1.docx'],
  [`${'я'.repeat(300)}.pdf`, `${'я'.repeat(96)}.pdf`],
])('the name %j is made %j', (name, safe) => expect(safeName(name)).toBe(safe));

it.each([
  ['<html><script>alert(1)</script>', 'cv.html', 'text/plain'],
  ['%PDF-1.4', 'photo.jpg', 'application/pdf'],
  [
    'PK\u0003\u0004....',
    'cv.docx',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['PK\u0003\u0004....', 'cv', 'application/zip'],
  ['OggS', 'voice', 'audio/ogg'],
  ['MZ\u0000\u0001', 'cv.pdf', 'application/octet-stream'],
])('%j named %s is %s', (text, name, type) => expect(contentType(Buffer.from(text), name)).toBe(type));
