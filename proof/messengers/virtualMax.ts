import { MaxRefusal, type MaxBody } from '../../channels/max/makeMaxApi.ts';
import type { Shown } from '../telegram/virtualTelegram.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import type { Device } from './device.ts';
import type { Accepted } from './makeCall.ts';

/** The MAX of this world: dialogs, updates that wait for the bot, and what it accepted. */
export interface VirtualMax {
  /** Updates from a marker on, oldest first. */
  updates(marker: number): object[];
  /** What lies before it was taken in: whoever asks without a marker goes on there. */
  confirm(marker: number): void;
  confirmed(): number;
  /** Told once when the next update comes. */
  onUpdate(work: () => void): void;
  accept(user: string, body: MaxBody): Accepted<string>;
  edit(mid: string, body: MaxBody): Accepted<undefined>;
  /** Whose message it is. */
  userOf(mid: string): string;
  device(user: string): Device;
  posted(): number;
}

interface Button {
  type: string;
  text: string;
  payload?: string;
}

export function makeVirtualMax(
  time: VirtualTime,
  posted: (event: { id: string; chat: string }) => void,
): VirtualMax {
  const readers = new Map<string, (message: Shown) => void>();
  const blocked = new Set<string>();
  const owners = new Map<string, string>();
  /** The last message of a dialog, with its keyboard. */
  const lasts = new Map<string, { mid: string; attachments: object[] }>();
  const queue: object[] = [];
  let watcher: (() => void) | undefined;
  let taken = 0;
  let confirmed = 0;

  const show = (user: string, mid: string, body: MaxBody): void => {
    const attachments = body.attachments ?? [];
    lasts.set(user, { mid, attachments });
    const keys = attachments.flatMap((one) =>
      'payload' in one && 'type' in one && one.type === 'inline_keyboard'
        ? (one.payload as { buttons: Button[][] }).buttons.flat()
        : [],
    );
    readers.get(user)?.({
      id: Number(mid.slice(1)),
      text: body.text ?? '',
      data: keys.flatMap(({ payload }) => (payload === undefined ? [] : [payload])),
      contact: keys.some(({ type }) => type === 'request_contact'),
    });
  };
  const refusing = (user: string): MaxRefusal | undefined =>
    blocked.has(user) ? new MaxRefusal(403, 'chat.denied', 'the bot was stopped') : undefined;

  return {
    posted: () => queue.length,
    updates: (marker) => queue.slice(marker, marker + 100),
    confirm: (marker) => {
      confirmed = Math.max(confirmed, marker);
    },
    confirmed: () => confirmed,
    onUpdate: (work) => {
      watcher = work;
    },
    userOf: (mid) => owners.get(mid) ?? '',
    accept: (user, body) => {
      const refused = refusing(user);
      if (refused) return { refused };
      const mid = `m${(taken += 1)}`;
      owners.set(mid, user);
      show(user, mid, body);
      return { taken: mid };
    },
    edit: (mid, body) => {
      const user = owners.get(mid);
      if (user === undefined) return { refused: new MaxRefusal(404, 'not.found', 'no such message') };
      const refused = refusing(user);
      if (refused) return { refused };
      show(user, mid, body);
      return { taken: undefined };
    },
    device: (user) => {
      const who = { user_id: Number(user), first_name: `P${user}` };
      const post = (id: string, update: object): void => {
        queue.push({ timestamp: time.now(), user_locale: 'ru', ...update });
        posted({ id, chat: user });
        const tell = watcher;
        watcher = undefined;
        if (tell) time.after(0, tell);
      };
      const message = (body: object): void => {
        const mid = `in${queue.length}`;
        const content = { sender: who, recipient: { chat_type: 'dialog' }, body: { mid, ...body } };
        post(`max:${mid}`, { update_type: 'message_created', message: content });
      };
      const about = (type: string, more: object = {}) =>
        post(`max:${type}:${user}:${time.now()}`, { update_type: type, user: who, ...more });
      return {
        address: user,
        // A link opens the dialog; who writes in it already writes the command.
        text: (text) => {
          const payload = /^\/start (\S+)$/.exec(text)?.[1];
          if (payload !== undefined && !lasts.has(user)) about('bot_started', { payload });
          else message({ text });
        },
        tap: (data) => {
          const callback = `cb${queue.length}`;
          post(`max:${callback}`, {
            update_type: 'message_callback',
            callback: { callback_id: callback, payload: data, user: who },
            message: { body: lasts.get(user) ?? { mid: 'm0' } },
          });
        },
        contact: (number) =>
          message({
            attachments: [
              {
                type: 'contact',
                payload: { vcf_info: `BEGIN:VCARD\nTEL;TYPE=cell:${number}`, tam_info: who },
              },
            ],
          }),
        sticker: () => message({ attachments: [{ type: 'sticker' }] }),
        document: () =>
          message({
            attachments: [{ type: 'file', filename: 'cv.pdf', payload: { url: `https://files/${user}` } }],
          }),
        blocked: () => blocked.has(user),
        block: (yes) => {
          if (yes) blocked.add(user);
          else blocked.delete(user);
          about(yes ? 'bot_stopped' : 'bot_started');
        },
        read: (reader) => void readers.set(user, reader),
      };
    },
  };
}
