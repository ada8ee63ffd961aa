import { type Api, GrammyError, HttpError } from 'grammy';
import type { Update } from 'grammy/types';
import type { TelegramApi } from '../../channels/telegram/makeTelegram.ts';
import { copy } from '../database/copy.ts';
import type { Faults, NetworkFate } from '../world/faults.ts';
import type { Life } from '../world/life.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import type { VirtualTelegram } from './virtualTelegram.ts';

/** What the judge is told of each call that carries a message. */
export interface SendWatch {
  begins(chat: string): void;
  accepted(chat: string): void;
  /** What the process is told in the end. */
  answered(chat: string, fate: NetworkFate['kind'] | 'blocked', retryAfter?: number): void;
}

type Params = Record<string, unknown>;

/** One process's connection to Telegram, with grammY's own errors: the channel in front of it is the product's. */
export function makeVirtualApi(deps: {
  life: Life;
  time: VirtualTime;
  faults: Faults;
  telegram: VirtualTelegram;
  watch: SendWatch;
}): TelegramApi & Pick<Api, 'answerCallbackQuery' | 'getUpdates'> {
  const { life, time, faults, telegram, watch } = deps;

  const call = (chat: string, method: string, accept: () => number): Promise<{ message_id: number }> => {
    if (!life.survives('telegram.send', 'before')) return new Promise(() => undefined);
    const fate = faults.network();
    const half = Math.ceil(fate.latency / 2);
    watch.begins(chat);
    return new Promise((resolve, reject) => {
      const answer = (kind: NetworkFate['kind'] | 'blocked', work: () => void) =>
        time.after(half, () =>
          life.deliver(() => {
            watch.answered(chat, kind, fate.kind === 'tooMany' ? fate.retryAfter : undefined);
            work();
          }),
        );
      time.after(half, () => {
        if (fate.kind !== 'fine' && fate.kind !== 'lostAfter')
          return answer(fate.kind, () => reject(errorOf(fate, method)));
        if (telegram.blocked(chat))
          return answer('blocked', () =>
            reject(refused(method, 403, 'Forbidden: bot was blocked by the user')),
          );
        const id = accept();
        watch.accepted(chat);
        if (!life.survives('telegram.send', 'after')) return;
        answer(fate.kind, () =>
          fate.kind === 'fine' ? resolve({ message_id: id }) : reject(errorOf(fate, method)),
        );
      });
    });
  };

  const send =
    (method: string, textOf: (content: unknown, more: Params) => string) =>
    (chat: string | number, content: unknown, more: Params = {}) =>
      call(String(chat), method, () =>
        telegram.accept(String(chat), textOf(content, more), more.reply_markup),
      );
  const captioned = (_content: unknown, more: Params) => String(more.caption ?? '');

  const api = {
    sendMessage: send('sendMessage', (text) => String(text)),
    sendDocument: send('sendDocument', captioned),
    sendPhoto: send('sendPhoto', captioned),
    sendVoice: send('sendVoice', captioned),
    editMessageText: (chat: string | number, id: number, text: string, more: Params = {}) =>
      call(String(chat), 'editMessageText', () => {
        telegram.accept(String(chat), text, more.reply_markup);
        return id;
      }),
    answerCallbackQuery: () => Promise.resolve(true as const),
    getUpdates: ({ offset = 0, limit = 100 }: { offset?: number; limit?: number }) =>
      new Promise<Update[]>((resolve, reject) => {
        const { latency } = faults.delivery();
        const look = (): void => {
          const updates = telegram.updates(offset, limit);
          if (updates.length === 0) return telegram.onUpdate(() => life.deliver(look));
          const { lostAnswer } = faults.delivery();
          time.after(latency, () =>
            life.deliver(() => (lostAnswer ? reject(dropped('getUpdates')) : resolve(copy(updates)))),
          );
        };
        look();
      }),
  };
  // grammY's methods take and give many more fields than anybody here looks at.
  return api as unknown as TelegramApi & Pick<Api, 'answerCallbackQuery' | 'getUpdates'>;
}

function errorOf(fate: NetworkFate, method: string): Error {
  if (fate.kind === 'tooMany')
    return refused(method, 429, 'Too Many Requests', { retry_after: fate.retryAfter });
  if (fate.kind === 'unavailable') return refused(method, 502, 'Bad Gateway');
  if (fate.kind === 'refused') return dropped(method, 'ECONNREFUSED');
  return dropped(method);
}

function refused(method: string, code: number, description: string, parameters = {}): GrammyError {
  return new GrammyError(method, { ok: false, error_code: code, description, parameters }, method, {});
}

function dropped(method: string, code = 'ECONNRESET'): HttpError {
  return new HttpError(method, Object.assign(new Error(code), { code }));
}
