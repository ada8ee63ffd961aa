import type { Update } from 'grammy/types';
import type { Candidate } from '../../flows/candidate.ts';

/** The updates a person's phone makes. */
export const phone = {
  text: (chat: string, lang: string, text: string): Omit<Update, 'update_id'> =>
    ({ message: { ...message(chat, lang), text } }) as Omit<Update, 'update_id'>,
  contact: (chat: string, lang: string, number: string): Omit<Update, 'update_id'> =>
    ({
      message: {
        ...message(chat, lang),
        contact: { phone_number: number, user_id: Number(chat), first_name: 'P' },
      },
    }) as Omit<Update, 'update_id'>,
  sticker: (chat: string, lang: string): Omit<Update, 'update_id'> =>
    ({ message: { ...message(chat, lang), sticker: {} } }) as Omit<Update, 'update_id'>,
  document: (chat: string, lang: string): Omit<Update, 'update_id'> =>
    ({
      message: { ...message(chat, lang), document: { file_id: `file-${chat}`, file_name: 'cv.pdf' } },
    }) as Omit<Update, 'update_id'>,
  tap: (chat: string, lang: string, data: string): Omit<Update, 'update_id'> =>
    ({
      callback_query: {
        id: '1',
        from: sender(chat, lang),
        chat_instance: '1',
        data,
        message: message(chat, lang),
      },
    }) as Omit<Update, 'update_id'>,
  block: (chat: string, lang: string, blocked: boolean): Omit<Update, 'update_id'> =>
    ({
      my_chat_member: {
        chat: { id: Number(chat), type: 'private' },
        from: sender(chat, lang),
        date: 0,
        new_chat_member: { status: blocked ? 'kicked' : 'member' },
      },
    }) as unknown as Omit<Update, 'update_id'>,
};

const sender = (chat: string, lang: string) => ({
  id: Number(chat),
  is_bot: false,
  first_name: `P${chat}`,
  language_code: lang,
});

const message = (chat: string, lang: string) => ({
  message_id: 1,
  date: 0,
  chat: { id: Number(chat), type: 'private' as const, first_name: `P${chat}` },
  from: sender(chat, lang),
});

/** Where a candidate reads us in Telegram. */
export function telegramOf({ channels }: Candidate): string | undefined {
  return channels.find(({ channel }) => channel === 'telegram')?.address;
}
