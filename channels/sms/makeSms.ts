import type { Database } from '../../models/database.ts';
import type { Channel } from '../../runtime/channel.ts';
import type { CallOff, Clock } from '../../runtime/clock.ts';
import { makePace } from '../../runtime/makePace.ts';
import type { Receipts } from '../../runtime/receipts.ts';
import type { PersonLinks } from '../../runtime/personLinks.ts';
import type { Words } from '../../runtime/words.ts';
import type { SmsGateway, SmsState } from './gateway.ts';
import { smsText } from './smsText.ts';

/** SMS as a channel, and what asks for its receipts. */
export interface Sms {
  channel: Channel;
  /** Ask for the state of every SMS that has not arrived yet; by itself every quarter of a minute after `start`. */
  ask(): Promise<void>;
  /** @param hook where the gateway may push receipts, where people can reach us */
  start(receipts: Receipts, hook?: string): Promise<void>;
  /** What came to the hook. @returns whether it was the gateway's */
  heard(fields: Record<string, unknown>): Promise<boolean>;
  stop(): void;
}

const perSecond = 10;
/** How often receipts are asked for, in milliseconds of the machine. */
const askEvery = 15_000;
/** After so long nobody is told any more whether one arrived, in milliseconds. */
const forgetAfter = 24 * 3_600_000;

/**
 * Short plain text with a link to the person's page; no answer is expected. The gateways push receipts where they can reach
 * us, and are asked besides until a message has arrived or failed: neither promises that each push arrives.
 */
export function makeSms(deps: {
  gateway: SmsGateway;
  db: Pick<Database, 'ledger'>;
  words: Words;
  clock: Pick<Clock, 'now' | 'real' | 'after' | 'every' | 'sleep'>;
  links: PersonLinks;
  log: (line: object) => void;
}): Sms {
  const { gateway, db, words, clock, links, log } = deps;
  const pace = makePace(clock, { perSecond, chatGap: () => 1_000 });
  const coming = new Map<string, { phone: string; since: number }>();
  let told: Receipts | undefined;
  let callOff: CallOff | undefined;

  const look = async (id: string, { phone, since }: { phone: string; since: number }): Promise<void> => {
    const state = await gateway.state(phone, id);
    if (clock.now() - since > forgetAfter) coming.delete(id);
    if (state !== undefined) await settle(id, state);
  };

  const settle = async (id: string, state: SmsState): Promise<void> => {
    if (state === 'coming' || !told) return;
    coming.delete(id);
    const receipt = { channel: 'sms' as const, messageId: id, at: clock.now() };
    if (typeof state === 'string') return told({ ...receipt, state });
    await told({ ...receipt, state: 'failed', error: state.failed });
  };

  const ask = async (): Promise<void> => {
    for (const [id, one] of [...coming]) await look(id, one);
  };

  return {
    channel: {
      send: async (phone, message, more) => {
        const link = more.application === undefined ? undefined : links.page(more.application);
        const { template, params, reader } = more;
        const said = { link, ...(template && { template }), ...(params && { params }) };
        const result = await gateway.send(phone, smsText(words, reader, message, said));
        if (result.outcome === 'notArrived' && result.retryAfter) pace.rest(result.retryAfter, phone);
        if (result.outcome !== 'sent' || result.messageId === undefined) return result;
        coming.set(String(result.messageId), { phone, since: clock.now() });
        return result;
      },
      pace,
    },
    ask,
    heard: async (fields) => {
      const found = gateway.read(fields);
      for (const { id, state } of found ?? []) await settle(id, state);
      return found !== undefined;
    },
    start: async (receipts, hook) => {
      told = receipts;
      if (hook && gateway.announce && !(await gateway.announce(hook)))
        log({ level: 'warn', sms: 'the gateway does not push receipts; it is asked for them' });
      const since = clock.now() - forgetAfter;
      const rows = await db.ledger
        .find({ 'via.channel': 'sms', messageId: { $exists: true }, status: 'sent', sentAt: { $gt: since } })
        .toArray();
      for (const { messageId, via, sentAt, delivered, read } of rows)
        if (via && delivered === undefined && read === undefined)
          coming.set(String(messageId), { phone: via.address, since: sentAt ?? since });
      callOff = clock.every(askEvery, () => {
        ask().catch((error: unknown) => log({ level: 'warn', sms: String(error) }));
      });
    },
    stop: () => callOff?.(),
  };
}
