import { createHash } from 'node:crypto';
import { type Api, GrammyError, HttpError, InputFile } from 'grammy';
import type { Database } from '../../models/database.ts';
import type { Channel, SendResult } from '../../runtime/channel.ts';
import type { Clock } from '../../runtime/clock.ts';
import { type Files, FileTrouble } from '../../runtime/files.ts';
import { makePace, type Pace, unlimited } from '../../runtime/makePace.ts';
import { untilReached } from '../../runtime/untilReached.ts';
import type { Words } from '../../runtime/words.ts';
import { calendarInvite } from '../calendarInvite.ts';
import { networkResult } from '../networkResult.ts';
import { AskedToWait, unlessResting } from '../unlessResting.ts';
import { keyboard } from './keyboard.ts';
import { sendableFile } from './sendableFile.ts';
import { restsAlone } from './telegramLimits.ts';

type More = Parameters<Channel['send']>[2];
type Message = Parameters<Channel['send']>[1];

/** The calls a candidate's or a member's message can need. */
export type TelegramApi = Pick<
  Api,
  'sendMessage' | 'sendDocument' | 'sendPhoto' | 'sendVoice' | 'editMessageText' | 'deleteMessage'
>;

/**
 * Telegram as a channel. `sendMessage` has no idempotency key: only what certainly did not arrive is reported as
 * `notArrived`; a dropped socket is `uncertain`. After a 429 the whole bot waits as long as it was told.
 */
export function makeTelegram(deps: {
  api: TelegramApi;
  db: Pick<Database, 'places'>;
  words: Words;
  clock: Clock;
  /** For files that came by another channel. */
  files: Pick<Files, 'read'>;
  /** Telegram's limits; without it only what a 429 says is obeyed. */
  pace?: Pace;
}): Channel {
  const { api, db, clock } = deps;
  const pace = deps.pace ?? makePace(clock, unlimited);

  const attempt = async (address: string, message: Message, more: More): Promise<number | undefined> => {
    const markup = keyboard(message);
    const options = {
      parse_mode: 'HTML' as const,
      ...(markup && { reply_markup: markup }),
      ...(more.silent && { disable_notification: true }),
      ...(more.thread !== undefined && { message_thread_id: more.thread }),
    };
    const { file } = more;
    if (file?.kind === 'ics') {
      const content = calendarInvite(file, deps.words, more.reader, clock.now());
      const input = new InputFile(Buffer.from(content), 'interview.ics');
      return (await api.sendDocument(address, input, { caption: message.text, ...options })).message_id;
    }
    if (file) {
      const caption = { caption: message.text.slice(0, 1024), ...options };
      const { as, media } = await untilReached(clock, () => sendableFile(deps.files, file));
      // Reading it took its time.
      unlessResting(pace, address);
      if (as === 'photo') return (await api.sendPhoto(address, media, caption)).message_id;
      if (as === 'voice') return (await api.sendVoice(address, media, caption)).message_id;
      return (await api.sendDocument(address, media, caption)).message_id;
    }
    if (more.place) return inPlace(address, message, more.place, more.anew === true, options);
    return (await api.sendMessage(address, cut(message.text), options)).message_id;
  };

  /** Edit the message that stands at a place; send it anew when it is gone. */
  const inPlace = async (
    address: string,
    message: Message,
    place: string,
    anew: boolean,
    options: object,
  ): Promise<number> => {
    const hash = createHash('sha256')
      .update(JSON.stringify([message.text, message.buttons]))
      .digest('hex')
      .slice(0, 16);
    const at = anew ? null : await untilReached(clock, () => db.places.findOne({ _id: place }));
    // That took its time.
    unlessResting(pace, address);
    if (at?.chat === address) {
      try {
        if (at.hash === hash) return at.messageId;
        await api.editMessageText(address, at.messageId, cut(message.text), options);
        await untilReached(clock, () => db.places.updateOne({ _id: place }, { $set: { hash } }));
        return at.messageId;
      } catch (error) {
        if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
        if (error.description.includes('message is not modified')) return at.messageId;
      }
    }
    const { message_id: messageId } = await api.sendMessage(address, cut(message.text), options);
    const set = { $set: { chat: address, messageId, hash } };
    // It has left: that its place is known must not depend on a moment of the database.
    await untilReached(clock, () => db.places.updateOne({ _id: place }, set, { upsert: true }));
    return messageId;
  };

  return {
    send: async (address, message, more) => {
      try {
        unlessResting(pace, address);
        const messageId = await attempt(address, message, more);
        return { outcome: 'sent', ...(messageId !== undefined && { messageId }) };
      } catch (error) {
        if (error instanceof AskedToWait) return { outcome: 'notArrived', error: error.message };
        const result = explain(error);
        if (result.outcome === 'notArrived' && result.retryAfter)
          pace.rest(result.retryAfter, restsAlone(address));
        return result;
      }
    },
    remove: async (address, messageId) => {
      await pace.rested(address);
      await api.deleteMessage(address, Number(messageId)).catch((error: unknown) => void explain(error));
    },
    ...(deps.pace ? { pace } : { rests: pace }),
  };
}

/** Which of the outcomes an error means. Sources: Bot API errors; grammY's GrammyError and HttpError. */
export function explain(error: unknown): Exclude<SendResult, { outcome: 'sent' }> {
  if (error instanceof GrammyError) {
    const text = `${error.error_code} ${error.description}`;
    const after = error.parameters.retry_after;
    if (error.error_code === 429)
      return { outcome: 'notArrived', error: text, retryAfter: (after ?? 1) * 1000 };
    if (error.error_code >= 500) return { outcome: 'notArrived', error: text };
    if (error.error_code === 403) return { outcome: 'blocked', error: text };
    return { outcome: 'refused', error: text };
  }
  if (error instanceof FileTrouble) return { outcome: 'refused', error: error.message };
  if (error instanceof HttpError) return networkResult(error.error);
  throw error;
}

/** Telegram takes 4096 characters; what is longer ends with an ellipsis outside any tag. */
function cut(text: string): string {
  return text.length <= 4000
    ? text
    : `${text
        .slice(0, 4000)
        .replace(/<[^>]*$/, '')
        .replace(/<\/?[a-z][^>]*>/gi, '')}…`;
}
