import { EventEmitter } from 'node:events';
import type { WebClient, WebLibrary } from '../../channels/whatsapp/web/webClient.ts';
import type { Person, Seen } from '../support/simulator.ts';

interface Media {
  type: string;
  base64: string;
  name: string;
}

/**
 * A stand-in for `whatsapp-web.js` at the library's boundary: what its Client would emit and take, without a browser and
 * without WhatsApp's page, which no test can reach.
 */
export class WebStandIn extends EventEmitter implements WebClient {
  /** What each phone shows, by chat. */
  readonly phones = new Map<string, Seen[]>();
  readonly files = new Map<string, string>();
  /** The next send breaks after it has left. */
  breaks = false;
  /** What comes next comes twice. */
  twice = false;
  typed = 0;
  destroyed = 0;
  private count = 0;

  initialize(): Promise<void> {
    this.emit('qr', 'code-to-scan');
    this.emit('ready');
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    this.destroyed += 1;
    return Promise.resolve();
  }

  getChatById() {
    return Promise.resolve({
      sendStateTyping: () => Promise.resolve(void (this.typed += 1)),
      clearState: () => Promise.resolve(),
    });
  }

  sendMessage(chat: string, content: unknown, options: { caption?: string } = {}): Promise<unknown> {
    const media = typeof content === 'string' ? undefined : (content as Media);
    const url = `file:${(this.count += 1)}`;
    if (media) this.files.set(url, Buffer.from(media.base64, 'base64').toString());
    this.show(
      chat,
      'bot',
      media ? (options.caption ?? '') : String(content),
      media && { name: media.name, url },
    );
    if (this.breaks) {
      this.breaks = false;
      return Promise.reject(new Error('Protocol error: Target closed'));
    }
    const id = { _serialized: `true_${chat}_${this.count}` };
    // It says so again after every new connection.
    for (let times = 0; times < 2; times += 1) this.emit('message_ack', { id }, 2);
    return Promise.resolve({ id });
  }

  /** Something comes from a person. */
  arrives(chat: string, name: string, message: object, event = 'message'): void {
    this.count += 1;
    const id = { _serialized: `false_${chat}_${this.count}` };
    const getContact = () => Promise.resolve({ number: chat.replace('@c.us', ''), pushname: name });
    const whole = { id, from: chat, fromMe: false, getContact, ...message };
    this.emit(event, whole);
    if (this.twice) this.emit(event, whole);
    this.twice = false;
  }

  show(chat: string, from: 'bot' | 'user', text: string, document?: { name: string; url: string }): void {
    const list = this.phones.get(chat) ?? [];
    this.phones.set(chat, list);
    const more = { buttons: [], date: '', edited: false, ...(document && { document }) };
    list.push({ id: list.length + 1, from, text, ...more });
  }

  library(): WebLibrary {
    return {
      client: () => Promise.resolve(this),
      media: (type, base64, name): Media => ({ type, base64, name }),
    };
  }

  /** A person whose phone this is, as the tests of the other channels know one. */
  person(name: string, phone: string): Person {
    const chat = `${phone.replace('+', '')}@c.us`;
    let seen = 0;
    const messages = () => Promise.resolve(this.phones.get(chat) ?? []);
    const last = async () => {
      const found = (await messages()).findLast(({ from }) => from === 'bot');
      if (!found) throw new Error('the bot has said nothing');
      return found;
    };
    const send = (body: object): Promise<void> => {
      const given = body as Partial<Record<'text' | 'contact' | 'voice' | 'sticker' | 'edit', unknown>> & {
        file?: { name: string; base64: string };
      };
      const media = (type: string, data: string, filename?: string) =>
        this.arrives(chat, name, {
          type,
          hasMedia: true,
          downloadMedia: () => Promise.resolve({ data, filename }),
        });
      if (given.file) media('document', given.file.base64, given.file.name);
      else if (given.voice) media('ptt', Buffer.from('OggS').toString('base64'));
      else if (given.sticker) this.arrives(chat, name, { type: 'sticker' });
      else if (given.contact)
        this.arrives(chat, name, { type: 'vcard', body: `BEGIN:VCARD\nTEL;type=CELL:${phone}` });
      else if (given.edit !== undefined)
        this.arrives(chat, name, { type: 'chat', body: given.text }, 'message_edit');
      else {
        this.show(chat, 'user', String(given.text));
        this.arrives(chat, name, { type: 'chat', body: given.text });
      }
      return Promise.resolve();
    };
    return {
      id: Number(phone),
      messages,
      last,
      send,
      say: (text) => send({ text }),
      tap: () => Promise.reject(new Error('no buttons here')),
      tapData: () => Promise.reject(new Error('no buttons here')),
      sees: async (text) => {
        const found = (await messages()).find(
          (one) =>
            one.from === 'bot' &&
            one.id > seen &&
            (typeof text === 'string' ? one.text.includes(text) : text.test(one.text)),
        );
        if (!found) throw new Error(`not seen: ${String(text)}`);
        seen = found.id;
        return found;
      },
    };
  }
}
