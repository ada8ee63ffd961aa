import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webSetting } from '../../channels/whatsapp/web/webSetting.ts';
import { label } from '../support/worded.ts';
import { type StaffUnderTest, startStaff } from './startStaff.ts';

let t: StaffUnderTest;
beforeAll(async () => {
  t = await startStaff();
});
afterAll(() => t.close());

const stands = (value: object) =>
  t.db.settings.updateOne({ _id: webSetting }, { $set: { value } }, { upsert: true });

describe('/messengers', () => {
  it('[X-07] the head is warned of the ban, sees the code while a phone is to be linked, and that it is', async () => {
    const head = t.member('head');
    await stands({ state: 'link', at: 0, qr: '2@code-to-scan' });
    await head.say('/messengers');
    expect(head.last().text).toContain('навсегда заблокировать номер');
    expect(head.last().text).toContain('✅ MAX');
    await head.tap(label('messenger.web.button'));
    expect(head.last().text).toContain('Связанные устройства');
    await stands({ state: 'ready', at: 0 });
    await head.say('/messengers');
    expect(head.last().text).toContain('телефон привязан');
    expect(head.last().text).not.toContain('code-to-scan');
  });

  it('[X-07] it is the head’s alone', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.say('/messengers');
    expect(recruiter.last().text).toBe(label('messenger.headOnly'));
  });
});
