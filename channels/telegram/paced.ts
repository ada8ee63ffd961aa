import type { Transformer } from 'grammy';
import type { Pace } from '../../runtime/makePace.ts';
import { restsAlone } from './telegramLimits.ts';

/** Methods that put a message into a chat. Edits and answers to buttons do not count. */
const messages = /^(send(?!ChatAction)|copyMessage|forwardMessage)/;

/**
 * What the staff's bot sends keeps the same pace as what the outbox sends: it is one bot to Telegram. Installed inside
 * conversations too, which have an API of their own.
 */
export function paced(pace: Pace): Transformer {
  return async (previous, method, payload, signal) => {
    const chat = 'chat_id' in payload ? String(payload.chat_id) : '';
    if (!messages.test(method)) {
      await pace.rested(chat);
      return previous(method, payload, signal);
    }
    const turn = await pace.turn(chat, 'answer');
    try {
      const result = await previous(method, payload, signal);
      const after = result.ok ? undefined : result.parameters?.retry_after;
      if (after !== undefined) pace.rest(after * 1000, restsAlone(chat));
      return result;
    } finally {
      turn.end();
    }
  };
}
