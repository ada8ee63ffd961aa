import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Random } from '../world/random.ts';
import { makePusher } from './pusher.ts';

/** What the judge accepted from the bot, in order: the truth the product's ledger is held against. */
export interface Accepted {
  id: number;
  chat: number;
  text: string;
  buttons: { text: string; callback_data?: string }[];
  contact: boolean;
  at: number;
  /** The answer was dropped on its way: the product cannot know that it arrived. */
  unanswered: boolean;
}

/**
 * A Telegram that keeps a ledger of its own: every message it took, in the order it took it. It may refuse (429, 502),
 * take a message and drop the socket, and hand an update out twice. An update is handed out until a later offset
 * confirms it, as the Bot API does.
 */
export interface Judge {
  url: string;
  accepted: Accepted[];
  /** Messages whose answer was dropped after they were taken. */
  dropped: number;
  /** Stretches in which a 429 had asked the bot to wait. */
  waits: { from: number; to: number }[];
  /** How likely each fault is at a send; all zero at the start and at the end of a run. */
  faults: { tooMany: number; badGateway: number; dropAfter: number; twice: number };
  say(chat: number, text: string): void;
  contact(chat: number, phone: string): void;
  tap(chat: number, data: string): void;
  /** Called with each message a chat gets. */
  listen(chat: number, hear: (message: Accepted) => void): void;
  updates(): number;
  /** Updates that no later offset has confirmed yet. */
  unconfirmed(): number;
  close(): Promise<void>;
}

const clock = (): number => performance.timeOrigin + performance.now();

type Body = Record<string, unknown>;

/** @param webhooks where the product's processes are; they are pushed to once one of them has set a webhook */
export async function startJudge(dice: Random, webhooks: () => string[]): Promise<Judge> {
  const accepted: Accepted[] = [];
  const listeners = new Map<number, (message: Accepted) => void>();
  const queue: { update_id: number }[] = [];
  const faults = { tooMany: 0, badGateway: 0, dropAfter: 0, twice: 0 };
  let lastUpdate = 0;
  let lastMessage = 1_000;
  let poller: ServerResponse | undefined;
  let secret = '';
  const pusher = makePusher(webhooks, () => secret, dice, faults);

  const reply = (response: ServerResponse, status: number, body: object | string): void => {
    response.statusCode = status;
    response.setHeader('content-type', typeof body === 'string' ? 'text/html' : 'application/json');
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const ok = (response: ServerResponse, result: unknown): void => reply(response, 200, { ok: true, result });

  const flush = (): void => {
    if (!poller || poller.destroyed || queue.length === 0) return;
    ok(poller, queue.slice(0, 100));
    poller = undefined;
  };
  const getUpdates = (body: Body, response: ServerResponse): void => {
    const offset = Number(body.offset ?? 0);
    while (queue[0] && queue[0].update_id < offset && !dice.chance(faults.twice)) queue.shift();
    if (poller && !poller.destroyed) ok(poller, []);
    poller = response;
    setTimeout(() => {
      if (poller === response) poller = undefined;
      if (!response.writableEnded) ok(response, []);
    }, 1_500);
    flush();
  };

  const take = (body: Body, edited: boolean): Accepted => {
    const markup = body.reply_markup as
      { inline_keyboard?: { text: string; callback_data?: string }[][]; keyboard?: unknown } | undefined;
    const id = edited ? Number(body.message_id) : (lastMessage += 1);
    const message: Accepted = {
      id,
      chat: Number(body.chat_id),
      text: String(body.text ?? body.caption ?? ''),
      buttons: (markup?.inline_keyboard ?? []).flat(),
      contact: markup?.keyboard !== undefined,
      at: clock(),
      unanswered: false,
    };
    if (!edited) accepted.push(message);
    setImmediate(() => listeners.get(message.chat)?.(message));
    return message;
  };

  const send = (body: Body, response: ServerResponse, edited: boolean): void => {
    if (dice.chance(faults.tooMany)) {
      const parameters = { retry_after: 1 };
      judge.waits.push({ from: clock(), to: clock() + 1_000 });
      return reply(response, 429, {
        ok: false,
        error_code: 429,
        description: 'Too Many Requests',
        parameters,
      });
    }
    if (dice.chance(faults.badGateway)) return reply(response, 502, '<html>502 Bad Gateway</html>');
    const message = take(body, edited);
    if (dice.chance(faults.dropAfter)) {
      message.unanswered = true;
      judge.dropped += 1;
      response.destroy();
      return;
    }
    const { id: message_id, chat, text } = message;
    ok(response, { message_id, date: 1, chat: { id: chat, type: 'private' }, text });
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = (request.url ?? '').split('/').at(-1)?.split('?')[0] ?? '';
    const body = await read(request);
    const me = { id: 77, is_bot: true, first_name: 'Chaos', username: 'chaos_bot' };
    if (method === 'getMe') return ok(response, me);
    if (method === 'setWebhook') secret = String(body.secret_token);
    if (method === 'getUpdates') return getUpdates(body, response);
    if (method.startsWith('send')) return send(body, response, false);
    if (method === 'editMessageText') return send(body, response, true);
    ok(response, true);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const push = (update: object): void => {
    lastUpdate += 1;
    const whole = { update_id: lastUpdate, ...update };
    if (secret !== '') return pusher.push(whole);
    queue.push(whole);
    flush();
  };
  const person = (chat: number) => ({ id: chat, is_bot: false, first_name: `P${chat}`, language_code: 'ru' });
  const message = (chat: number, more: object) => ({
    message: {
      message_id: (lastMessage += 1),
      date: 1,
      chat: { id: chat, type: 'private' },
      from: person(chat),
      ...more,
    },
  });
  const judge: Judge = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accepted,
    dropped: 0,
    waits: [],
    faults,
    say: (chat, text) => push(message(chat, { text })),
    contact: (chat, phone) =>
      push(message(chat, { contact: { phone_number: phone, first_name: 'P', user_id: chat } })),
    tap: (chat, data) =>
      push({
        callback_query: {
          id: `q${lastUpdate}`,
          from: person(chat),
          chat_instance: '1',
          data,
          message: message(chat, {}).message,
        },
      }),
    listen: (chat, hear) => void listeners.set(chat, hear),
    updates: () => lastUpdate,
    unconfirmed: () => queue.length + pusher.waiting(),
    close: async () => {
      pusher.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return judge;
}

async function read(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  if (raw.length === 0) return {};
  try {
    return JSON.parse(raw.toString()) as Body;
  } catch {
    // A file: multipart; only whom it is for matters here.
    const field = (name: string) =>
      new RegExp(`name="${name}"\\r?\\n\\r?\\n([^\\r\\n]*)`).exec(raw.toString('latin1'))?.[1];
    return { chat_id: field('chat_id'), caption: field('caption') };
  }
}
