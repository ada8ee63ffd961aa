import { z } from 'zod';
import type { SendResult } from '../../runtime/channel.ts';
import { askGateway } from './askGateway.ts';
import type { SmsGateway, SmsSettings, SmsState } from './gateway.ts';

const shape = z.union([
  z.object({ error_code: z.coerce.number(), error: z.string() }),
  z.object({ id: z.coerce.string(), cnt: z.coerce.number(), cost: z.coerce.number().optional() }),
]);
const pushed = z.object({ id: z.string().min(1), status: z.coerce.number() });
const stateShape = z.object({ status: z.coerce.number() });

/** Refusals that concern the number: a wrong one, and one that cannot be delivered to. */
const nobody = new Set([7, 8]);
/** The address we call from is shut out for a while, after too many calls that failed. */
const blocked = 4;
const minute = 60_000;

/**
 * SMSC.ru. Source: smsc.ru/api/http (send, status, callback); the codes of errors and states as clients list them (1 parameters,
 * 2 login, 3 money, 4 address blocked, 6 text or sender forbidden, 7 form of the number, 8 not deliverable, 9 the same again).
 * Error 9 means that the very same message was taken within a minute: ours, of an attempt whose answer was lost.
 */
export function makeSmsc({ key, root = 'https://smsc.ru', sender }: SmsSettings): SmsGateway {
  const [login = '', ...password] = key.split(':');
  const who: Record<string, string> =
    password.length > 0 ? { login, psw: password.join(':') } : { apikey: key };
  const base = { ...who, fmt: '3', charset: 'utf-8' };
  return {
    send: async (phone, text): Promise<SendResult> => {
      const fields = { ...base, phones: phone, mes: text, cost: '3', ...(sender && { sender }) };
      const answer = await askGateway(`${root}/sys/send.php`, fields);
      if (!answer.ok) return answer;
      const parsed = shape.safeParse(answer.body);
      if (!parsed.success) return { outcome: 'uncertain', error: 'SMSC answered in an unknown way' };
      if ('id' in parsed.data) {
        const { id, cost } = parsed.data;
        return { outcome: 'sent', messageId: id, ...(cost !== undefined && { cost }) };
      }
      const error = `SMSC ${parsed.data.error_code} ${parsed.data.error}`;
      if (parsed.data.error_code === 9) return { outcome: 'uncertain', error };
      if (parsed.data.error_code === blocked) return { outcome: 'notArrived', error, retryAfter: minute };
      return { outcome: nobody.has(parsed.data.error_code) ? 'blocked' : 'refused', error };
    },
    state: async (phone, id): Promise<SmsState | undefined> => {
      const answer = await askGateway(`${root}/sys/status.php`, { ...base, phone, id });
      const parsed = answer.ok ? stateShape.safeParse(answer.body) : undefined;
      const code = parsed?.data?.status;
      if (code === undefined) return undefined;
      return stateOf(code);
    },
    // Set in the cabinet; the address carries our secret, so nobody else knows it.
    read: (fields) => {
      const parsed = pushed.safeParse(fields);
      return parsed.success ? [{ id: parsed.data.id, state: stateOf(parsed.data.status) }] : undefined;
    },
  };
}

function stateOf(code: number): SmsState {
  if (code === 1) return 'delivered';
  if (code === 2 || code === 4) return 'read';
  if (code === 3 || code >= 20) return { failed: `SMSC ${code}`, nobody: code === 22 || code === 25 };
  return 'coming';
}
