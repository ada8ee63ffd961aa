import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StaffUnderTest, startStaff } from './startStaff.ts';

let t: StaffUnderTest;
beforeEach(async () => {
  t = await startStaff();
});
afterEach(() => t.close());

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const answer = (id: string, file: object) => ({
  [id]: { kind: 'file' as const, value: 'x', text: 'x', at: 0, asked: 'x', file } as never,
});

describe('[X-05] files that came by other channels', () => {
  it('a kept file is opened from the card with its bytes', async () => {
    const file = await t.files.keep(Buffer.from('%PDF-1.7'), 'cv.pdf', 'document');
    await t.candidate('c1', {}, { answers: answer('cv', file) });
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:files:a-c1');
    await recruiter.tapFrom('s:openFile:a-c1:0');
    expect(recruiter.last().method).toBe('sendDocument');
  });

  it('a kept picture is shown as one, and what only calls itself a voice message as a document', async () => {
    const files = [
      await t.files.keep(png, 'p.png', 'photo'),
      await t.files.keep(Buffer.from('not ogg'), 'v', 'voice'),
    ];
    await t.candidate('c1', {}, { files: files.map((file) => ({ ...file, at: 0, by: 'recruiter1' })) });
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:openFile:a-c1:0');
    await recruiter.tapFrom('s:openFile:a-c1:1');
    expect(recruiter.messages().map(({ method }) => method)).toEqual(['sendPhoto', 'sendDocument']);
  });

  it('a file that is gone is said to be', async () => {
    const file = { channel: 'kept' as const, id: 'gone', name: 'cv.pdf', kind: 'document' as const };
    await t.candidate('c1', {}, { files: [{ ...file, at: 0, by: 'recruiter1' }] });
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:openFile:a-c1:0');
    expect(recruiter.last().text).toContain('cv.pdf');
  });

  it('what a candidate sent by another channel is passed on to the recruiter', async () => {
    const file = await t.files.keep(Buffer.from('%PDF-1.7'), 'cv.pdf', 'document');
    await t.candidate('c1');
    const reach = { channel: 'telegram' as const, address: '701' };
    await t.engine.desk.perform('c1', {
      id: 'wa:1',
      type: 'messageArrived',
      reach,
      person: {},
      kind: 'file',
      file,
    });
    await t.quiet();
    expect(t.member('recruiter1').last()).toMatchObject({ method: 'sendDocument' });
  });
});
