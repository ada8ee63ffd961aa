import { Hooks } from '../http/hooks.ts';
import { tellSmsRu, tellSmsc } from './tellCallback.ts';

/** Ways in which an SMS goes wrong. */
export const smsFaultKinds = [
  'nobody',
  'no-money',
  'html',
  'trouble',
  'too-fast',
  'undelivered',
  'silent',
  'drop-after',
] as const;
export type SmsFaultKind = (typeof smsFaultKinds)[number];

/** An SMS on somebody's phone, or on its way there. */
export interface StoredSms {
  id: string;
  phone: string;
  text: string;
  at: string;
  cost: number;
  state: 'coming' | 'delivered' | 'failed';
}

/** Where a gateway tells what became of a message, and what it signs that with. */
export interface SmsCallback {
  url: string;
  key: string;
}

/** What both gateways have in common: phones and what came to them. Not kept over a restart. */
export class SmsOffice {
  readonly all: StoredSms[] = [];
  /** Those who asked to be told, by gateway. */
  readonly callbacks: { smsru?: SmsCallback; smsc?: SmsCallback } = {};
  readonly hooks = new Hooks();
  private faults: { phone: string; kind: SmsFaultKind; times: number }[] = [];
  private count = 0;
  private readonly came: () => void;

  /** @param came is called after each SMS. */
  constructor(came: () => void) {
    this.came = came;
  }

  accept(gateway: 'smsru' | 'smsc', phone: string, text: string, at: string): StoredSms {
    this.count += 1;
    const state = this.take(phone, 'undelivered')
      ? 'failed'
      : this.take(phone, 'silent')
        ? 'coming'
        : 'delivered';
    // Seventy characters in one part, sixty-seven in each of several.
    const parts = text.length <= 70 ? 1 : Math.ceil(text.length / 67);
    const id = `202611-${100_000 + this.count}`;
    const sms: StoredSms = { id, phone, text, at, cost: parts * 2.5, state };
    this.all.push(sms);
    this.came();
    this.tell(gateway, sms);
    return sms;
  }

  private tell(gateway: 'smsru' | 'smsc', sms: StoredSms): void {
    const callback = this.callbacks[gateway];
    if (!callback || sms.state === 'coming') return;
    const body = gateway === 'smsru' ? tellSmsRu(sms, callback.key) : tellSmsc(sms);
    const headers = () => ({ 'content-type': 'application/x-www-form-urlencoded' });
    // The message's number is on its way to whoever sent it; the receipt may well be there first.
    this.hooks.send({ url: () => callback.url, body, headers, lane: sms.phone });
  }

  order(phone: string, kind: SmsFaultKind, times: number): void {
    this.faults.push({ phone: digits(phone), kind, times });
  }

  take(phone: string, kind: SmsFaultKind): boolean {
    const fault = this.faults.find((one) => one.phone === digits(phone) && one.kind === kind);
    if (!fault) return false;
    fault.times -= 1;
    this.faults = this.faults.filter(({ times }) => times > 0);
    return true;
  }

  of(phone: string): StoredSms[] {
    return this.all.filter((one) => digits(one.phone) === digits(phone));
  }
}

function digits(phone: string): string {
  return phone.replaceAll(/\D/g, '');
}
