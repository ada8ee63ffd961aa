import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SendResult } from '../../runtime/channel.ts';
import { askGateway } from './askGateway.ts';
import type { SmsGateway, SmsSettings, SmsState } from './gateway.ts';

const one = z.object({
  status_code: z.coerce.number(),
  sms_id: z.string().optional(),
  status_text: z.string().optional(),
  cost: z.coerce.number().optional(),
});
const shape = z.object({
  status_code: z.coerce.number(),
  status_text: z.string().optional(),
  sms: z.record(z.string(), one).optional(),
});

/**
 * Numbers that no SMS reaches: wrong or without a route (202, 207, 150), on the account's own stop list (209), on SMS.ru's,
 * since its owner complained (215). Codes here and below: sms.ru/api/status, as clients of it list them; not seen live.
 */
const nobody = new Set([202, 207, 209, 215, 150]);
/** "Temporarily unavailable, try a little later" and "an error of the server, repeat the request". */
const later = new Set([220, 500]);

/**
 * SMS.ru. The answer as a whole may be fine while the number in it is not: each number has a code of its own.
 * Source: sms.ru/api/send, sms.ru/api/status.
 */
export function makeSmsRu({ key, root = 'https://sms.ru', sender }: SmsSettings): SmsGateway {
  const base = { api_id: key, json: '1' };
  return {
    send: async (phone, text): Promise<SendResult> => {
      const digits = phone.replace('+', '');
      const fields = { ...base, [`to[${digits}]`]: text, ...(sender && { from: sender }) };
      const answer = await askGateway(`${root}/sms/send`, fields);
      if (!answer.ok) return answer;
      const parsed = shape.safeParse(answer.body);
      if (!parsed.success) return { outcome: 'uncertain', error: 'SMS.ru answered in an unknown way' };
      const { status_code: whole, status_text: why, sms } = parsed.data;
      if (whole !== 100) return refusal(whole, why);
      const mine = sms?.[digits] ?? Object.values(sms ?? {})[0];
      if (!mine) return { outcome: 'uncertain', error: 'SMS.ru says nothing of the number' };
      if (mine.status_code !== 100) return refusal(mine.status_code, mine.status_text);
      return {
        outcome: 'sent',
        ...(mine.sms_id && { messageId: mine.sms_id }),
        ...(mine.cost !== undefined && { cost: mine.cost }),
      };
    },
    state: async (_phone, id): Promise<SmsState | undefined> => {
      const answer = await askGateway(`${root}/sms/status`, { ...base, sms_id: id });
      const parsed = answer.ok ? shape.safeParse(answer.body) : undefined;
      const code = parsed?.data?.sms?.[id]?.status_code;
      if (code === undefined) return undefined;
      return stateOf(code);
    },
    // Records of lines (`sms_status`, the id, the code, the time) in `data[n]`; `hash` is the SHA-256 of the api_id and all
    // of them in their order. Anything but "100" in answer, and it comes again.
    read: (fields) => {
      const records = Object.entries(fields).flatMap(([name, value]) =>
        /^data\[\d*\]$/.test(name) && typeof value === 'string' ? [value] : [],
      );
      const hash = createHash('sha256')
        .update(`${key}${records.join('')}`)
        .digest('hex');
      if (records.length === 0 || fields.hash !== hash) return undefined;
      return records.flatMap((record) => {
        const [what, id, code] = record.split(/\r?\n/);
        return what === 'sms_status' && id && code ? [{ id, state: stateOf(Number(code)) }] : [];
      });
    },
    announce: async (url) => {
      const answer = await askGateway(`${root}/callback/add`, { ...base, url });
      return answer.ok && shape.safeParse(answer.body).data?.status_code === 100;
    },
  };
}

function stateOf(code: number): SmsState {
  if (code === 103) return 'delivered';
  if (code === 110) return 'read';
  if ((code >= 104 && code <= 108) || code === 150)
    return { failed: `SMS.ru ${code}`, nobody: nobody.has(code) };
  return 'coming';
}

function refusal(code: number, text = ''): Exclude<SendResult, { outcome: 'sent' }> {
  const error = `SMS.ru ${code} ${text}`.trim();
  if (later.has(code)) return { outcome: 'notArrived', error, retryAfter: 30_000 };
  return { outcome: nobody.has(code) ? 'blocked' : 'refused', error };
}
