import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../flows/candidate.ts';
import { channelIds } from '../../flows/channels.ts';
import { ladder } from '../../flows/ladder.ts';
import { candidate } from './factory.ts';

const chat = { channel: 'telegram' as const, address: '7' };
const other = { channel: 'whatsapp' as const, address: '+79161234567' };
const mail = { channel: 'email' as const, address: 'a@example.org' };
const sms = { channel: 'sms' as const, address: '+79161234567' };
const anna = (more: Partial<Candidate> = {}): Candidate => ({
  ...candidate(),
  channels: [other, chat],
  email: mail.address,
  phone: sms.address,
  consent: { version: '1', at: 0 },
  ...more,
});
const notice = { prompt: false, mustArrive: false };
const reminder = { prompt: false, mustArrive: true };
const answer = { prompt: true, mustArrive: false };
const all = () => true;

describe('the ladder', () => {
  test.each([
    ['an answer goes where they wrote, then to their other chat', anna(), answer, [other, chat]],
    [
      'whoever has no open chat is answered by mail',
      anna({ channels: [{ ...chat, blocked: true }] }),
      answer,
      [mail],
    ],
    ['a notice may go by mail', anna(), notice, [other, chat, mail]],
    ['a reminder by SMS in the end', anna(), reminder, [other, chat, mail, sms]],
    [
      'an invitation they just picked likewise',
      anna(),
      { ...answer, mustArrive: true },
      [other, chat, mail, sms],
    ],
    ['nothing beyond the chat before consent', withoutConsent(), reminder, [other, chat]],
    ['a copy only by what it is meant for', anna(), { ...answer, only: ['email' as const] }, [mail]],
    ['not where it was tried', anna(), { ...reminder, tried: [other, mail] }, [chat, sms]],
    [
      'not where they are closed',
      anna({ channels: [{ ...other, blocked: true }, chat, { ...mail, blocked: true }] }),
      reminder,
      [chat, sms],
    ],
    ['by what they have', withoutMail(), reminder, [sms]],
  ])('[B-07] %s', (_, who, wanted, ways) => {
    expect(ladder(who as Candidate, wanted, all)).toEqual(ways);
  });

  test('[B-07] a channel that is not set up here is no way', () => {
    for (const missing of channelIds)
      expect(
        ladder(anna(), reminder, (id) => id !== missing).some(({ channel }) => channel === missing),
      ).toBe(false);
  });
});

function withoutMail(): Candidate {
  const { email: _, ...rest } = anna({ channels: [] });
  return rest;
}

function withoutConsent(): Candidate {
  const { consent: _, ...rest } = anna();
  return rest;
}
