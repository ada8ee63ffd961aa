import { createHash } from 'node:crypto';
import { type StoredSms } from './smsOffice.ts';

const states = { smsru: { delivered: 103, failed: 105 }, smsc: { delivered: 1, failed: 20 } };

/** SMS.ru's callback: records of lines in `data[n]`, and `hash`, the SHA-256 of the api_id and all records. */
export function tellSmsRu({ id, state, at }: StoredSms, apiId: string): string {
  if (state === 'coming') return '';
  const record = ['sms_status', id, states.smsru[state], Math.floor(Date.parse(at) / 1_000)].join('\n');
  const hash = createHash('sha256').update(`${apiId}${record}`).digest('hex');
  return new URLSearchParams({ 'data[1]': record, hash }).toString();
}

/** SMSC's: plain fields. */
export function tellSmsc({ id, phone, state, at }: StoredSms): string {
  if (state === 'coming') return '';
  const time = Math.floor(Date.parse(at) / 1_000);
  return new URLSearchParams({
    id,
    phone: phone.replaceAll(/\D/g, ''),
    status: String(states.smsc[state]),
    time: new Date(Date.parse(at)).toISOString(),
    ts: String(time),
    err: state === 'failed' ? '1' : '0',
  }).toString();
}
