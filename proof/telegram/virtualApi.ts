import { type Api, GrammyError, HttpError } from 'grammy';
import type { Update } from 'grammy/types';
import type { TelegramApi } from '../../channels/telegram/makeTelegram.ts';
import { copy } from '../database/copy.ts';
import { makeCall, networkError } from '../messengers/makeCall.ts';
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
  const { life, time, faults, telegram } = deps;

  const call = makeCall({ ...deps, point: 'telegram.send', errorOf });
  const accepting = (chat: string, method: string, accept: () => number) =>
    call(chat, method, () =>
      telegram.blocked(chat)
        ? { refused: refused(method, 403, 'Forbidden: bot was blocked by the user') }
        : { taken: { message_id: accept() } },
    );

  const send =
    (method: string, textOf: (content: unknown, more: Params) => string) =>
    (chat: string | number, content: unknown, more: Params = {}) =>
      accepting(String(chat), method, () =>
        telegram.accept(String(chat), textOf(content, more), more.reply_markup),
      );
  const captioned = (_content: unknown, more: Params) => String(more.caption ?? '');

  const api = {
    sendMessage: send('sendMessage', (text) => String(text)),
    sendDocument: send('sendDocument', captioned),
    sendPhoto: send('sendPhoto', captioned),
    sendVoice: send('sendVoice', captioned),
    editMessageText: (chat: string | number, id: number, text: string, more: Params = {}) =>
      accepting(String(chat), 'editMessageText', () => {
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

function errorOf(fate: NetworkFate, method: string): { error: Error; retryAfter?: number } {
  if (fate.kind === 'tooMany') {
    const { retryAfter } = fate;
    return { error: refused(method, 429, 'Too Many Requests', { retry_after: retryAfter }), retryAfter };
  }
  if (fate.kind === 'unavailable') return { error: refused(method, 502, 'Bad Gateway') };
  return { error: dropped(method, fate.kind === 'refused' ? 'ECONNREFUSED' : 'ECONNRESET') };
}

function refused(method: string, code: number, description: string, parameters = {}): GrammyError {
  return new GrammyError(method, { ok: false, error_code: code, description, parameters }, method, {});
}

function dropped(method: string, code: 'ECONNRESET' | 'ECONNREFUSED' = 'ECONNRESET'): HttpError {
  return new HttpError(method, networkError(code));
}
