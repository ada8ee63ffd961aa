import type { SendResult } from '../../runtime/channel.ts';

/** What became of an SMS, as its gateway says. */
export type SmsState = 'coming' | 'delivered' | 'read' | { failed: string; nobody: boolean };

/** One of the companies that send SMS. Phones are E.164. */
export interface SmsGateway {
  send(phone: string, text: string): Promise<SendResult>;
  /** @param id as `send` gave it; undefined: it could not be learnt now */
  state(phone: string, id: string): Promise<SmsState | undefined>;
  /** What the gateway pushed; undefined when it is none of it, or forged. */
  read(fields: Record<string, unknown>): { id: string; state: SmsState }[] | undefined;
  /** Tell it where to push, where that is done by a call; the other has it set in its cabinet. */
  announce?(url: string): Promise<boolean>;
}

/** How a gateway is reached. */
export interface SmsSettings {
  provider: 'smsru' | 'smsc';
  /** SMS.ru: the api_id. SMSC: `login:password`, or the apikey alone. */
  key: string;
  /** Another address than the gateway's own. */
  root?: string;
  /** The sender's name that is registered there. */
  sender?: string;
}
