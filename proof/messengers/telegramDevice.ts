import { phone } from '../people/person.ts';
import type { VirtualTelegram } from '../telegram/virtualTelegram.ts';
import type { Device } from './device.ts';

/** @param lang as their Telegram says */
export function telegramDevice(telegram: VirtualTelegram, chat: string, lang: string): Device {
  const post = (body: ReturnType<typeof phone.text>) => telegram.post(chat, body);
  return {
    address: chat,
    text: (text) => post(phone.text(chat, lang, text)),
    tap: (data) => post(phone.tap(chat, lang, data)),
    contact: (number) => post(phone.contact(chat, lang, number)),
    sticker: () => post(phone.sticker(chat, lang)),
    document: () => post(phone.document(chat, lang)),
    blocked: () => telegram.blocked(chat),
    block: (blocked) => {
      telegram.block(chat, blocked);
      post(phone.block(chat, lang, blocked));
    },
    read: (reader) => telegram.read(chat, reader),
  };
}
