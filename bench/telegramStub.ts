import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';

/** A Bot API with nothing behind it: it hands out updates and notes when a chat was answered. */
export interface TelegramStub {
  url: string;
  /** Send a text as a chat; resolves with the milliseconds until the bot's next message to it. */
  say(chat: number, text: string): Promise<number>;
  tap(chat: number, data: string): Promise<number>;
  lastButtons(chat: number): { text: string; callback_data?: string }[];
  /** How many messages came for chats from this number on. */
  heard(from: number): number;
  close(): void;
}

export async function telegramStub(): Promise<TelegramStub> {
  let nextUpdate = 1;
  let nextMessage = 1;
  const queue: object[] = [];
  let poller: ServerResponse | undefined;
  const waiting = new Map<number, { from: number; resolve: (took: number) => void }>();
  const heard: number[] = [];
  const buttons = new Map<number, { text: string; callback_data?: string }[]>();

  const answer = (response: ServerResponse, result: unknown) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, result }));
  };
  const flush = () => {
    if (!poller || queue.length === 0) return;
    answer(poller, queue.splice(0, 100));
    poller = undefined;
  };
  const sent = (body: Record<string, unknown>, response: ServerResponse) => {
    const chat = Number(body.chat_id);
    heard.push(chat);
    const markup = body.reply_markup as
      { inline_keyboard?: { text: string; callback_data?: string }[][] } | undefined;
    buttons.set(chat, (markup?.inline_keyboard ?? []).flat());
    const waiter = waiting.get(chat);
    waiting.delete(chat);
    waiter?.resolve(performance.now() - waiter.from);
    nextMessage += 1;
    answer(response, { message_id: nextMessage, date: 1, chat: { id: chat, type: 'private' } });
  };
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const method = (request.url ?? '').split('/').at(-1)?.split('?')[0];
    const body = await read(request);
    if (method === 'getMe')
      return answer(response, { id: 42, is_bot: true, first_name: 'Bench', username: 'bench_bot' });
    if (method === 'getUpdates') {
      poller = response;
      return flush();
    }
    if (method === 'sendMessage' || method === 'sendDocument') return sent(body, response);
    answer(response, true);
  };
  const server = createServer((request, response) => void handle(request, response));
  // A kept connection that is closed just when it is used again would be a send of unknown outcome.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const push = (chat: number, update: object): Promise<number> =>
    new Promise((resolve) => {
      waiting.set(chat, { from: performance.now(), resolve });
      queue.push({ update_id: (nextUpdate += 1), ...update });
      flush();
    });
  const from = (chat: number) => ({ id: chat, is_bot: false, first_name: 'B', language_code: 'ru' });
  const message = (chat: number) => ({
    message_id: (nextMessage += 1),
    date: 1,
    chat: { id: chat, type: 'private' },
    from: from(chat),
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    say: (chat, text) => push(chat, { message: { ...message(chat), text } }),
    tap: (chat, data) =>
      push(chat, {
        callback_query: {
          id: String(nextUpdate),
          from: from(chat),
          chat_instance: '1',
          data,
          message: message(chat),
        },
      }),
    lastButtons: (chat) => buttons.get(chat) ?? [],
    heard: (least) => heard.filter((chat) => chat >= least).length,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
  } catch {
    // A multipart body (a file): only the chat matters, and it stands in the text.
    const chat = /name="chat_id"\r?\n\r?\n(\d+)/.exec(Buffer.concat(chunks).toString('latin1'))?.[1];
    return { chat_id: chat };
  }
}
