import { Hooks } from '../http/hooks.ts';
import { messengers } from '../messengers.ts';
import { begin, newMessage } from '../newMessage.ts';
import { profiles } from '../profiles.ts';
import { type Person, type StoredMessage, type TgInlineButton, type TgMessage } from '../records.ts';
import { type Simulator } from '../simulator.ts';
import { MaxError } from './maxError.ts';
import { type Body, buttonsOf, fileOf } from './outgoing.ts';

const bot = messengers.max;

/** The bot's token here; any other is refused. */
export const maxToken = 'simulator-max-token';

interface Subscription {
  url: string;
  secret?: string | undefined;
}

/** MAX with its bot API behind it: dialogs, inline keyboards, callbacks, updates by webhook or by a held poll. */
export class Max {
  readonly hooks = new Hooks();
  subscription: Subscription | null = null;
  /** How many updates were made or confirmed since the start. */
  made = 0;
  private queue: { marker: number; update: object }[] = [];
  private last = 0;
  private wake: () => void = () => undefined;
  private polled = false;
  private callbacks = 0;
  private readonly sim: Simulator;

  constructor(sim: Simulator) {
    this.sim = sim;
  }

  /** Updates that a running bot has not confirmed. */
  get waiting(): number {
    return this.hooks.waiting + (this.polled ? this.queue.length : 0);
  }

  /** The dialog with a person. @throws MaxError 404, or 403 when they have stopped the bot or never began */
  dialog(user: number): Person {
    const person = this.sim.world.people.get(user);
    if (person?.channel !== 'max') throw new MaxError(404, 'dialog.not.found', `Dialog ${user} not found`);
    const chat = this.sim.world.chat(user);
    if (chat.blocked.includes(bot.id) || !chat.started.includes(bot.id))
      throw new MaxError(403, 'chat.denied', 'error.dialog.suspended');
    return person;
  }

  /** A message of the bot. */
  accept(person: Person, body: Body): object {
    const { world } = this.sim;
    const message: TgMessage = {
      message_id: world.nextMessageId(person.id),
      from: profiles.bot(bot),
      chat: profiles.chat(person),
      date: world.clock.seconds(),
      ...this.content(body),
    };
    world.saveMessage({ bot: bot.id, rev: 0, message });
    this.account(person, message, 'max:send');
    return { message: this.describe(person, message) };
  }

  /** @throws MaxError 404 */
  edit(mid: string, body: Body): void {
    const { world } = this.sim;
    const [, user, id] = /^mid\.(\d+)\.(\d+)$/.exec(mid) ?? [];
    const found = world.message(Number(user), Number(id));
    const person = world.people.get(Number(user));
    if (!found || !person || !found.message.from.is_bot)
      throw new MaxError(404, 'not.found', `Message ${mid} not found`);
    const { message_id, from, chat, date } = found.message;
    found.message = { message_id, from, chat, date, edit_date: world.clock.seconds(), ...this.content(body) };
    world.saveMessage(found);
    this.account(person, found.message, 'max:edit');
  }

  /** A person writes; a first `/start` is the press of the button that begins the dialog. */
  say(person: Person, content: Partial<TgMessage>): { messageId: number; updateId: null } {
    const { world } = this.sim;
    const start = /^\/start(?:\s+([\w-]+))?$/.exec(content.text ?? '');
    begin(world, bot, person);
    const message = newMessage(world, bot, person, content);
    const user = userOf(person);
    if (start)
      this.push(person, { update_type: 'bot_started', chat_id: person.id, user, payload: start[1] ?? null });
    else this.push(person, { update_type: 'message_created', message: this.describe(person, message) });
    return { messageId: message.message_id, updateId: null };
  }

  /** A person changes what they wrote. */
  edited(person: Person, { message }: StoredMessage): void {
    this.push(person, { update_type: 'message_edited', message: this.describe(person, message) });
  }

  tap(person: Person, { message }: StoredMessage, button: TgInlineButton): void {
    if (button['request_contact'] === true) {
      const { first_name } = profiles.user(person);
      this.say(person, { contact: { phone_number: person.phone ?? '', first_name, user_id: person.id } });
      return;
    }
    this.callbacks += 1;
    const callback_id = `cb.${person.id}.${this.sim.world.clock.now()}.${this.callbacks}`;
    const callback = {
      timestamp: this.sim.world.clock.now(),
      callback_id,
      payload: button.callback_data,
      user: userOf(person),
    };
    this.push(person, { update_type: 'message_callback', callback, message: this.describe(person, message) });
  }

  /** The bot was stopped by a person. */
  stopped(person: Person): void {
    this.push(person, { update_type: 'bot_stopped', chat_id: person.id, user: userOf(person) });
  }

  /** GET /updates: confirms what is below the marker, then answers at once or when something comes. */
  async poll(marker: number | undefined, timeout: number, gone: AbortSignal): Promise<object> {
    this.polled = true;
    if (marker !== undefined) {
      this.made += 1;
      this.queue = this.queue.filter((one) => one.marker > marker);
    }
    if (this.queue.length === 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeout * 1000);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
        gone.addEventListener('abort', () => this.wake(), { once: true });
      });
    const updates = gone.aborted ? [] : this.queue.map(({ update }) => update);
    return { updates, marker: this.queue.at(-1)?.marker ?? marker ?? null };
  }

  private push(person: Person, kind: object): void {
    const update = { timestamp: this.sim.world.clock.now(), user_locale: person.lang, ...kind };
    const times = this.sim.faults.takeDuplicate(person.id, 'max') ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      this.made += 1;
      const { subscription } = this;
      if (subscription) {
        const headers = (): Record<string, string> =>
          subscription.secret === undefined ? {} : { 'x-max-bot-api-secret': subscription.secret };
        const url = () => this.subscription?.url ?? null;
        this.hooks.send({ url, headers, body: JSON.stringify(update), lane: String(person.id) });
      } else {
        this.last += 1;
        this.queue.push({ marker: this.last, update });
      }
    }
    this.wake();
  }

  private content(body: Body): Partial<TgMessage> {
    const { world } = this.sim;
    const buttons = buttonsOf(body);
    const file = fileOf(world, body);
    const { text, entities } = body.shown;
    const words = file ? { caption: text, caption_entities: entities } : { text, entities };
    return { ...words, ...file, ...(buttons.length > 0 && { reply_markup: { inline_keyboard: buttons } }) };
  }

  private describe(person: Person, message: TgMessage): object {
    const { message_id, from, date, text, caption, reply_markup, document, photo, voice, sticker, contact } =
      message;
    const keyboard = reply_markup?.inline_keyboard.map((row) =>
      row.map((one) => ({ type: 'callback', text: one.text, payload: one.callback_data })),
    );
    const address = (id: string) => ({ url: `${this.sim.own ?? ''}/max/files/${id}`, token: id });
    const picture = photo?.at(-1);
    const attachments = [
      ...(keyboard ? [{ type: 'inline_keyboard', payload: { buttons: keyboard } }] : []),
      ...(document
        ? [
            {
              type: 'file',
              filename: document.file_name,
              size: document.file_size,
              payload: address(document.file_unique_id),
            },
          ]
        : []),
      ...(picture ? [{ type: 'image', payload: { photo_id: 1, ...address(picture.file_unique_id) } }] : []),
      ...(voice ? [{ type: 'audio', payload: address(voice.file_unique_id) }] : []),
      ...(sticker ? [{ type: 'sticker', payload: { code: 'sim', url: '' }, width: 1, height: 1 }] : []),
      ...(contact ? [contactOf(person, contact.phone_number, contact.user_id)] : []),
    ];
    return {
      sender: from.is_bot ? { user_id: bot.id, is_bot: true, first_name: 'MAX' } : userOf(person),
      recipient: { chat_id: person.id, chat_type: 'dialog' },
      timestamp: date * 1000,
      ...(message.forward_origin && { link: { type: 'forward' } }),
      body: {
        mid: `mid.${person.id}.${message_id}`,
        seq: message_id,
        text: text ?? caption ?? null,
        attachments: attachments.length > 0 ? attachments : null,
      },
    };
  }

  private account(person: Person, message: TgMessage, method: string): void {
    const text = message.text ?? message.caption ?? '';
    this.sim.world.account({ bot: bot.id, chat: person.id, message: message.message_id, method, text });
  }
}

function userOf(person: Person): object {
  const { first_name, last_name } = profiles.user(person);
  const more = { is_bot: false, last_activity_time: 0, username: null, name: person.name };
  return { user_id: person.id, first_name, ...(last_name && { last_name }), ...more };
}

function contactOf(person: Person, phone: string, owner: number | undefined): object {
  const vcf_info = `BEGIN:VCARD\r\nVERSION:3.0\r\nTEL;TYPE=cell:${phone}\r\nFN:${person.name}\r\nEND:VCARD`;
  return { type: 'contact', payload: { vcf_info, tam_info: owner === undefined ? null : userOf(person) } };
}
