import { createHmac, randomBytes } from 'node:crypto';
import { Hooks } from '../http/hooks.ts';
import { called, messengers } from '../messengers.ts';
import { begin, newMessage } from '../newMessage.ts';
import { profiles } from '../profiles.ts';
import { type Person, type StoredMessage, type TgInlineButton, type TgMessage } from '../records.ts';
import { type Simulator } from '../simulator.ts';
import { findFile } from '../telegram/findFile.ts';
import { GraphError } from './graphError.ts';
import { type Outgoing, rowsOf } from './outgoing.ts';
import { readTemplate } from './readTemplate.ts';

/** Free words may go to a person for so long after they wrote, milliseconds. */
const WINDOW = 24 * 3_600_000;
const bot = messengers.whatsapp;

/** The number that the agency has here, and what Meta and the agency agreed on. The demo's product knows them. */
export const account = {
  phoneId: '100000000000001',
  businessId: '200000000000002',
  token: 'simulator-whatsapp-token',
  appSecret: 'simulator-app-secret',
};

/** WhatsApp with the Cloud API behind it: people with numbers, the 24 hours, receipts, webhooks that are signed. */
export class WhatsApp {
  readonly hooks = new Hooks();
  /** Where webhooks go; the registered product when nothing else was told. */
  webhook: string | null = null;
  private readonly sim: Simulator;

  constructor(sim: Simulator) {
    this.sim = sim;
  }

  /** A person with this number; undefined when nobody here has it, or not on WhatsApp. */
  personBy(number: string): Person | undefined {
    const digits = number.replace('+', '');
    return [...this.sim.world.people.values()].find(
      ({ channel, phone }) => channel === 'whatsapp' && phone?.replace('+', '') === digits,
    );
  }

  /** A message of the agency. @throws GraphError */
  accept(message: Outgoing): string {
    const { world, faults } = this.sim;
    const person = this.personBy(message.to);
    const unreachable = !person || world.chat(person.id).blocked.includes(bot.id);
    if (!person || unreachable) throw new GraphError(400, 131026, 'Message undeliverable');
    if (message.type !== 'template' && !this.isOpen(person))
      throw new GraphError(400, 131047, 'Re-engagement message');
    const shown = this.show(person, message);
    const late = faults.takeLate('whatsapp', person.id);
    if (late === undefined) world.saveMessage(shown);
    const { message_id: id } = shown.message;
    const text = shown.message.text ?? shown.message.caption ?? '';
    world.account({ bot: bot.id, chat: person.id, message: id, method: `whatsapp:${message.type}`, text });
    const wamid = wamidOf(person.id, id);
    if (late !== undefined) this.tell(person, wamid, 'failed', late);
    else {
      const states = faults.takeKind('reorder', 'whatsapp', person.id)
        ? (['read', 'delivered', 'sent'] as const)
        : (['sent', 'delivered'] as const);
      if (!faults.takeKind('no-receipts', 'whatsapp', person.id))
        for (const state of states) this.tell(person, wamid, state);
    }
    return wamid;
  }

  /** A person writes. */
  say(person: Person, content: Partial<TgMessage>): { messageId: number; updateId: null } {
    const { world } = this.sim;
    begin(world, bot, person);
    this.readAll(person);
    const message = newMessage(world, bot, person, content);
    this.deliver(person, this.inbound(person, message));
    return { messageId: message.message_id, updateId: null };
  }

  /** A person presses a button of a message: what comes is a reply to it. */
  tap(person: Person, target: StoredMessage, { text, callback_data: id = '' }: TgInlineButton): void {
    const { world } = this.sim;
    this.readAll(person);
    const message = newMessage(world, bot, person, { text, reply_to_message: target.message });
    const base = {
      ...this.head(person, message),
      context: { from: account.phoneId, id: wamidOf(person.id, target.message.message_id) },
    };
    const reply = target.message.template
      ? { type: 'button', button: { payload: id, text } }
      : { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id, title: text } } };
    this.deliver(person, { ...base, ...reply });
  }

  private isOpen(person: Person): boolean {
    const { world } = this.sim;
    const last = world.messages(person.id).findLast(({ message }) => message.from.id === person.id);
    return last !== undefined && world.clock.now() - last.message.date * 1000 < WINDOW;
  }

  private show(person: Person, message: Outgoing): StoredMessage {
    const { world } = this.sim;
    const file = message.document ?? message.image ?? message.audio;
    const found = file ? findFile(world, 'unique', file.id) : undefined;
    if (file && !found) throw new GraphError(400, 131052, 'there is no such media');
    const prepared = message.template && readTemplate(message.template);
    const buttons = prepared?.buttons ?? rowsOf(message);
    const text = message.text?.body ?? message.interactive?.body.text ?? prepared?.text;
    const where = message.image ? 'photo' : message.audio ? 'voice' : 'document';
    const shown: TgMessage = {
      message_id: world.nextMessageId(person.id),
      from: profiles.bot(bot),
      chat: profiles.chat(person),
      date: world.clock.seconds(),
      ...(text !== undefined && { text }),
      ...(file?.caption && { caption: file.caption }),
      ...(found && where === 'photo' && { photo: [found.file] }),
      ...(found && where === 'voice' && { voice: found.file }),
      ...(found &&
        where === 'document' && { document: { ...found.file, file_name: file?.filename ?? found.name } }),
      ...(buttons.length > 0 && { reply_markup: { inline_keyboard: buttons.map((one) => [one]) } }),
      ...(prepared && { template: true as const }),
    };
    return { bot: bot.id, rev: 0, message: shown };
  }

  private head({ phone = '' }: Person, message: TgMessage): object {
    return {
      from: phone.replace('+', ''),
      id: wamidOf(message.chat.id, message.message_id),
      timestamp: String(message.date),
    };
  }

  private inbound(person: Person, message: TgMessage): object {
    const { text, caption, document, photo, voice, sticker, contact, reply_to_message: to } = message;
    const context = {
      ...(to && { from: account.phoneId, id: wamidOf(person.id, to.message_id) }),
      ...(message.forward_origin && { forwarded: true }),
    };
    const base = {
      ...this.head(person, message),
      ...(Object.keys(context).length > 0 && { context }),
    };
    const words = caption === undefined ? {} : { caption };
    const picture = photo?.at(-1);
    if (contact) {
      const phones = [{ phone: contact.phone_number, wa_id: contact.phone_number.replace('+', '') }];
      return { ...base, type: 'contacts', contacts: [{ name: { formatted_name: person.name }, phones }] };
    }
    if (document) {
      const { file_unique_id: id, mime_type, file_name: filename } = document;
      return { ...base, type: 'document', document: { id, mime_type, filename, ...words } };
    }
    if (picture)
      return {
        ...base,
        type: 'image',
        image: { id: picture.file_unique_id, mime_type: 'image/jpeg', ...words },
      };
    if (voice)
      return {
        ...base,
        type: 'audio',
        audio: { id: voice.file_unique_id, mime_type: 'audio/ogg', voice: true },
      };
    if (sticker) return { ...base, type: 'sticker', sticker: { id: sticker.file_unique_id } };
    return { ...base, type: 'text', text: { body: text ?? '' } };
  }

  /** Whoever writes has read what stands above. */
  private readAll(person: Person): void {
    const { world } = this.sim;
    for (const { message } of world.messages(person.id).slice(-20)) {
      if (message.from.is_bot && !message.read) {
        message.read = true;
        this.tell(person, wamidOf(person.id, message.message_id), 'read');
      }
    }
  }

  private tell(person: Person, id: string, status: string, code?: number): void {
    const state = {
      id,
      status,
      timestamp: String(this.sim.world.clock.seconds()),
      recipient_id: (person.phone ?? '').replace('+', ''),
      ...(code !== undefined && { errors: [{ code, title: 'Ordered by a fault' }] }),
    };
    this.post({ statuses: [state] }, `status:${person.id}`);
  }

  private deliver(person: Person, message: object): void {
    const wa_id = (person.phone ?? '').replace('+', '');
    const value = { contacts: [{ wa_id, profile: { name: person.name } }], messages: [message] };
    const times = this.sim.faults.takeDuplicate(person.id, 'whatsapp') ? 2 : 1;
    for (let time = 0; time < times; time += 1) this.post(value, `person:${person.id}`);
    if (this.sim.faults.takeKind('bad-signature', 'whatsapp', person.id)) {
      const forged = {
        ...value,
        messages: [{ ...message, id: `wamid.FORGED${randomBytes(4).toString('hex')}` }],
      };
      this.forge(forged);
    }
  }

  private post(value: object, lane: string): void {
    const url = () => this.address();
    this.hooks.send({ url, lane, body: bodyOf(value), headers: (bytes) => signed(bytes, account.appSecret) });
  }

  /** What somebody else sends: refused, and not sent again. */
  private forge(value: object): void {
    const body = bodyOf(value);
    const url = this.address();
    if (url === null) return;
    const headers = { 'content-type': 'application/json', ...signed(body, 'another secret') };
    void fetch(url, { method: 'POST', body, headers }).catch(() => undefined);
  }

  private address(): string | null {
    const { url } = this.sim.product;
    return this.webhook ?? (url === null ? null : `${url}/webhooks/whatsapp`);
  }
}

function signed(bytes: string, secret: string): Record<string, string> {
  return { 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}` };
}

function bodyOf(value: object): string {
  const metadata = { display_phone_number: called.whatsapp, phone_number_id: account.phoneId };
  const inner = { messaging_product: 'whatsapp', metadata, ...value };
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: account.businessId, changes: [{ field: 'messages', value: inner }] }],
  });
}

function wamidOf(person: number, message: number): string {
  return `wamid.SIM${person}.${message}`;
}
