import type { Database } from '../../../models/database.ts';
import type { Channel, SendResult } from '../../../runtime/channel.ts';
import type { Clock } from '../../../runtime/clock.ts';
import { type Files, FileTrouble } from '../../../runtime/files.ts';
import { untilReached } from '../../../runtime/untilReached.ts';
import type { Words } from '../../../runtime/words.ts';
import { calendarInvite } from '../../calendarInvite.ts';
import type { Choices } from '../../makeChoices.ts';
import { numberedText } from '../numberedText.ts';
import type { HumanPace } from './humanPace.ts';
import { type WebClient, webSent } from './webClient.ts';

type More = Parameters<Channel['send']>[2];

/** The longest text that is sent, in characters. */
const longest = 4_000;

/**
 * WhatsApp by a number of the agency's own, through `whatsapp-web.js`: at a human pace, and only to people who wrote
 * first. Choices are numbers, since buttons do not arrive (pedroslopez/whatsapp-web.js#1933).
 */
export function makeWeb(deps: {
  /** The linked client; `linking`: nobody has scanned the code; undefined: it is being connected again. */
  client: () => WebClient | 'linking' | undefined;
  media: (type: string, base64: string, name: string) => unknown;
  db: Pick<Database, 'candidates'>;
  words: Words;
  clock: Clock;
  files: Pick<Files, 'read'>;
  choices: Choices;
  pace: HumanPace;
}): Channel {
  const { db, words, clock, choices } = deps;

  const wroteFirst = async (address: string): Promise<boolean> => {
    const where = { channels: { $elemMatch: { channel: 'whatsapp' as const, address } } };
    return (
      (await untilReached(clock, () => db.candidates.findOne(where, { projection: { _id: 1 } }))) !== null
    );
  };

  const fileOf = async ({ file, reader }: More): Promise<unknown> => {
    if (!file) return undefined;
    if (file.kind === 'ics') {
      const text = calendarInvite(file, words, reader, clock.now());
      return deps.media('text/calendar', Buffer.from(text).toString('base64'), 'interview.ics');
    }
    const { bytes, name, type } = await deps.files.read(file);
    return deps.media(type, Buffer.from(bytes).toString('base64'), name);
  };

  const type = async (client: WebClient, chat: string, milliseconds: number): Promise<void> => {
    // The dots are for show: without them the message goes as well.
    const shown = await client.getChatById(chat).catch(() => undefined);
    await shown?.sendStateTyping().catch(() => undefined);
    await clock.sleep(milliseconds);
    await shown?.clearState().catch(() => undefined);
  };

  return {
    send: async (address, message, more): Promise<SendResult> => {
      const client = deps.client();
      if (client === 'linking') return { outcome: 'refused', error: 'WhatsApp is not linked' };
      if (!client) return { outcome: 'notArrived', error: 'WhatsApp is being connected', retryAfter: 15_000 };
      if (!(await wroteFirst(address))) return { outcome: 'refused', error: 'they have not written first' };
      const place = { channel: 'whatsapp' as const, address };
      const hint = words.label(more.reader, { key: 'channel.choose' });
      const { text, choices: offered } = numberedText(message, hint, longest);
      const chat = `${address.replace('+', '')}@c.us`;
      let leaving = false;
      try {
        const file = await fileOf(more);
        await type(client, chat, (await deps.pace.turn(text.length)).typing);
        await choices.offer(place, more.key, offered, more.asks === true);
        leaving = true;
        const sent = webSent.safeParse(
          file === undefined
            ? await client.sendMessage(chat, text, { linkPreview: false })
            : await client.sendMessage(chat, file, { caption: text }),
        );
        if (!sent.success) return { outcome: 'uncertain', error: 'no id came back' };
        const messageId = sent.data.id._serialized;
        await choices.sent(place, more.key, messageId);
        return { outcome: 'sent', messageId };
      } catch (error) {
        if (error instanceof FileTrouble) return { outcome: 'refused', error: error.message };
        const text = error instanceof Error ? error.message : String(error);
        return { outcome: leaving ? 'uncertain' : 'notArrived', error: text };
      }
    },
  };
}
