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

/** Numbers that no SMS reaches. Codes here and below: sms.ru/api/status, as commonly listed; not seen live. */
const nobody = new Set([202, 207, 107, 150]);
/** Not now: the service itself, or too many at once. */
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
      if (code === 103) return 'delivered';
      if (code === 110) return 'read';
      if ((code >= 104 && code <= 108) || code === 150)
        return { failed: `SMS.ru ${code}`, nobody: nobody.has(code) };
      return 'coming';
    },
  };
}

function refusal(code: number, text = ''): Exclude<SendResult, { outcome: 'sent' }> {
  const error = `SMS.ru ${code} ${text}`.trim();
  if (later.has(code)) return { outcome: 'notArrived', error, retryAfter: 30_000 };
  return { outcome: nobody.has(code) ? 'blocked' : 'refused', error };
}
