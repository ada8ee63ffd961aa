import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BotButton {
  text: string;
  callback_data?: string;
  url?: string;
  copy_text?: { text: string };
  style?: string;
}

/** A message as it stands in a chat now. */
export interface BotMessage {
  id: number;
  chat: string;
  text: string;
  buttons: BotButton[][];
  method: string;
  forceReply: boolean;
  edits: number;
}

/** A call as it came. */
export interface BotCall {
  method: string;
  body: Record<string, unknown>;
}

export interface BotApi {
  url: string;
  messages: BotMessage[];
  calls: BotCall[];
  /** Files that can be fetched, by their `file_id`. */
  files: Map<string, Uint8Array>;
  /** The next call of this method is answered so, once. */
  fail(method: string, answer: { status: number; body: object | string }): void;
  close(): Promise<void>;
}

interface Payload {
  chat_id?: number | string;
  message_id?: number;
  file_id?: string;
  text?: string;
  caption?: string;
  reply_markup?: { inline_keyboard?: BotButton[][]; force_reply?: boolean };
}

/** A Bot API on loopback that writes down what it is told, as strict about callback data and length as Telegram. */
export async function startBotApi(): Promise<BotApi> {
  const messages: BotMessage[] = [];
  const calls: BotCall[] = [];
  const files = new Map<string, Uint8Array>();
  const faults: { method: string; answer: { status: number; body: object | string } }[] = [];
  const refuse = (description: string) => ({
    ok: false,
    error_code: 400,
    description: `Bad Request: ${description}`,
  });

  const answer = (method: string, body: Payload): object => {
    calls.push({ method, body: { ...body } });
    if (method === 'getMe') {
      return { ok: true, result: { id: 1000001, is_bot: true, first_name: 'bot', username: 'agency_bot' } };
    }
    if (method === 'getFile') {
      const id = String(body.file_id);
      return files.has(id) ? { ok: true, result: { file_id: id, file_path: id } } : refuse('file is gone');
    }
    const text = body.text ?? body.caption ?? '';
    const buttons = body.reply_markup?.inline_keyboard ?? [];
    if (buttons.flat().some(({ callback_data: data }) => Buffer.byteLength(data ?? '') > 64))
      return refuse('BUTTON_DATA_INVALID');
    if (buttons.flat().some((button) => button.text === '')) return refuse('button text is empty');
    if (method.startsWith('send') || method.startsWith('edit')) {
      if (text.length > 4096) return refuse('message is too long');
      if (text === '' && /Text|Message$/.test(method)) return refuse('message text is empty');
      if (/<(?!\/?(b|i|code)>)/.test(text)) return refuse("can't parse entities");
    }
    if (method === 'editMessageText') {
      const message = messages.find(({ id }) => id === body.message_id);
      if (!message) return refuse('message to edit not found');
      if (message.text === text && JSON.stringify(message.buttons) === JSON.stringify(buttons))
        return refuse('message is not modified');
      Object.assign(message, { text, buttons, edits: message.edits + 1 });
      return { ok: true, result: asTelegram(message) };
    }
    if (!method.startsWith('send')) return { ok: true, result: true };
    const message: BotMessage = {
      id: messages.length + 1,
      chat: String(body.chat_id),
      text,
      buttons,
      method,
      forceReply: body.reply_markup?.force_reply === true,
      edits: 0,
    };
    messages.push(message);
    return { ok: true, result: asTelegram(message) };
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const method = request.url?.split('/').at(-1) ?? '';
      if (request.url?.startsWith('/file/')) return void response.end(files.get(method));
      const at = faults.findIndex((fault) => fault.method === method);
      const [fault] = at < 0 ? [] : faults.splice(at, 1);
      const told = fault?.answer.body ?? answer(method, readBody(Buffer.concat(chunks).toString('utf8')));
      response.writeHead(fault?.answer.status ?? ('error_code' in Object(told) ? 400 : 200), {
        'content-type': 'application/json',
      });
      response.end(typeof told === 'string' ? told : JSON.stringify(told));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    messages,
    calls,
    files,
    fail: (method, told) => void faults.push({ method, answer: told }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function readBody(raw: string): Payload {
  if (raw.startsWith('{')) return JSON.parse(raw) as Payload;
  const field = (name: string) => new RegExp(`name="${name}"\\r\\n\\r\\n([\\s\\S]*?)\\r\\n--`).exec(raw)?.[1];
  const markup = field('reply_markup');
  return {
    chat_id: field('chat_id') ?? '',
    caption: field('caption') ?? '',
    ...(markup && { reply_markup: JSON.parse(markup) as NonNullable<Payload['reply_markup']> }),
  };
}

function asTelegram({ id, chat, text }: BotMessage): object {
  return { message_id: id, date: 0, chat: { id: Number(chat), type: 'private', first_name: 'x' }, text };
}
