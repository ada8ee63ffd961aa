import { createHash } from 'node:crypto';
import type { Database } from '../../models/database.ts';
import type { Channel, SendResult } from '../../runtime/channel.ts';
import type { Clock } from '../../runtime/clock.ts';
import { type Files, FileTrouble } from '../../runtime/files.ts';
import type { Pace } from '../../runtime/makePace.ts';
import { untilReached } from '../../runtime/untilReached.ts';
import type { Rendered, RenderedButton, Words } from '../../runtime/words.ts';
import { calendarInvite } from '../calendarInvite.ts';
import { withMarks } from '../markup.ts';
import { networkResult } from '../networkResult.ts';
import { inLines } from '../numbered.ts';
import { AskedToWait, unlessResting } from '../unlessResting.ts';
import { type MaxApi, type MaxBody, MaxRefusal } from './makeMaxApi.ts';

type Message = Parameters<Channel['send']>[1];
type More = Parameters<Channel['send']>[2];

/** The longest text, in characters. Source: dev.max.ru/docs-api/methods/POST/messages, as its clients quote it. */
const longest = 4_000;
/** Rows of a keyboard, and buttons in a row; fewer where one is a link or asks for something. Source: dev.max.ru/docs-api. */
const keys = { rows: 30, inRow: 7, special: 3 };

/**
 * MAX as a channel. An address is the person's id. `POST /messages` has no idempotency key: a send without an answer is
 * `uncertain`. A choice that is going on stands in one message that is edited, as in Telegram.
 */
export function makeMax(deps: {
  api: MaxApi;
  db: Pick<Database, 'places'>;
  words: Words;
  clock: Clock;
  files: Pick<Files, 'read'>;
  pace: Pace;
  /** Nothing goes this way until somebody looks. */
  trouble: (error: string) => void;
}): Channel {
  const { api, db, clock, pace } = deps;

  const uploaded = async (more: More): Promise<object[]> => {
    const { file } = more;
    if (!file) return [];
    if (file.kind === 'ics') {
      const text = calendarInvite(file, deps.words, more.reader, clock.now());
      return [{ type: 'file', payload: await api.upload('file', Buffer.from(text), 'interview.ics') }];
    }
    const { bytes, name, type } = await deps.files.read(file);
    const as = /^image\/(jpeg|png|gif)$/.test(type) ? 'image' : type.startsWith('audio/') ? 'audio' : 'file';
    return [{ type: as, payload: await api.upload(as, bytes, name) }];
  };

  const bodyOf = (message: Message, more: More, attached: object[]): MaxBody => ({
    text: textOf(message),
    format: 'html',
    ...(more.silent && { notify: false }),
    attachments: [...attached, ...keyboard(message)],
  });

  const inPlace = async (address: string, body: MaxBody, place: string, anew: boolean): Promise<string> => {
    const _id = `max:${place}`;
    const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 16);
    const at = anew ? null : await untilReached(clock, () => db.places.findOne({ _id }));
    // That took its time.
    unlessResting(pace, address);
    if (at?.chat === address && at.mid !== undefined) {
      try {
        if (at.hash !== hash) await api.edit(at.mid, body);
        await untilReached(clock, () => db.places.updateOne({ _id }, { $set: { hash } }));
        return at.mid;
      } catch (error) {
        // Gone, or too old to be edited: sent anew.
        if (!(error instanceof MaxRefusal) || (error.status !== 404 && error.status !== 400)) throw error;
      }
    }
    const mid = await api.send(address, body);
    const set = { $set: { chat: address, messageId: 0, mid, hash } };
    await untilReached(clock, () => db.places.updateOne({ _id }, set, { upsert: true }));
    return mid;
  };

  const explain = (error: unknown, leaving: boolean): Exclude<SendResult, { outcome: 'sent' }> => {
    if (error instanceof AskedToWait) return { outcome: 'notArrived', error: error.message };
    if (error instanceof FileTrouble) return { outcome: 'refused', error: error.message };
    if (!(error instanceof MaxRefusal)) {
      const failed = networkResult(error);
      // A file that was not uploaded went to nobody.
      return failed.outcome === 'uncertain' && !leaving ? { ...failed, outcome: 'notArrived' } : failed;
    }
    const { status, code, message: text } = error;
    if (status === 429) {
      pace.rest(1_000, undefined);
      return { outcome: 'notArrived', error: text, retryAfter: 1_000 };
    }
    // The file is still being worked on over there.
    if (code === 'attachment.not.ready') return { outcome: 'notArrived', error: text, retryAfter: 1_000 };
    if (status >= 500) return { outcome: 'notArrived', error: text };
    if (status === 401) deps.trouble(text);
    if (status === 403) return { outcome: 'blocked', error: text };
    return { outcome: 'refused', error: text };
  };

  return {
    pace,
    send: async (address, message, more) => {
      let leaving = false;
      try {
        unlessResting(pace, address);
        const body = bodyOf(message, more, await uploaded(more));
        leaving = true;
        unlessResting(pace, address);
        const messageId = more.place
          ? await inPlace(address, body, more.place, more.anew === true)
          : await api.send(address, body);
        return { outcome: 'sent', messageId };
      } catch (error) {
        return explain(error, leaving);
      }
    },
  };
}

/** The text with what is to be copied below it: MAX has no such button. */
function textOf(message: Rendered): string {
  const lines = message.buttons.map((row) => row.filter(({ copy }) => copy !== undefined));
  const { text } = inLines({ ...message, buttons: lines }, false, '');
  if (text.length <= longest) return text;
  // Cut outside any tag.
  return `${withMarks(text).slice(0, longest - 1)}…`
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .slice(0, longest);
}

function keyboard(message: Rendered): object[] {
  const rows: Key[][] = message.askContact
    ? [
        [{ type: 'request_contact' as const, text: message.askContact }],
        ...message.buttons.map((row) => row.flatMap(button)),
      ]
    : message.buttons.map((row) => row.flatMap(button)).filter((row) => row.length > 0);
  const buttons = rows.flatMap(fitting).slice(0, keys.rows);
  return buttons.length === 0 ? [] : [{ type: 'inline_keyboard', payload: { buttons } }];
}

/** A row that is too wide goes on below. */
function fitting(row: Key[]): Key[][] {
  const most = row.some(({ type }) => type !== 'callback') ? keys.special : keys.inRow;
  const rows: Key[][] = [];
  for (let at = 0; at < row.length; at += most) rows.push(row.slice(at, at + most));
  return rows;
}

interface Key {
  type: 'callback' | 'link' | 'request_contact';
  text: string;
  url?: string;
  payload?: string;
}

function button({ label, data, url, disabled }: RenderedButton): Key[] {
  if (url !== undefined) return [{ type: 'link', text: label, url }];
  if (data === undefined || disabled) return [];
  return [{ type: 'callback', text: label, payload: data }];
}
