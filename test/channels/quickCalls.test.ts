import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Api, HttpError } from 'grammy';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { explain } from '../../channels/telegram/makeTelegram.ts';
import { quickCalls } from '../../channels/telegram/quickCalls.ts';

const token = '4243:the_token_must_stand_in_no_error_00';
let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let seen: { url?: string; body: string }[];
let sockets: Set<Socket>;

beforeEach(async () => {
  seen = [];
  sockets = new Set();
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      seen.push({ url: request.url ?? '', body });
      answer(request, response);
    });
  });
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function api(path = ''): Api {
  const { port } = server.address() as AddressInfo;
  const root = `http://127.0.0.1:${port}${path}`;
  const made = new Api(token, { apiRoot: root });
  made.config.use(quickCalls(root, token));
  return made;
}

const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => expect.fail('the call went well'),
    (error: unknown) => error,
  );

it('[X-07] messages leave one after another over kept connections, with the same words as grammY would send', async () => {
  answer = (_, response) => response.end('{"ok":true,"result":{"message_id":7,"date":1,"chat":{"id":5}}}');
  const telegram = api('/behind');
  await telegram.sendMessage(5, 'Здравствуйте 👋', { parse_mode: 'HTML' });
  for (let count = 0; count < 8; count += 1) {
    const { message_id: id } = await telegram.sendMessage(5, 'Ещё', {});
    expect(id).toBe(7);
  }
  expect(seen.map(({ url }) => url)).toEqual(Array(9).fill(`/behind/bot${token}/sendMessage`));
  expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
    chat_id: 5,
    text: 'Здравствуйте 👋',
    parse_mode: 'HTML',
  });
  expect(sockets.size).toBeLessThanOrEqual(2);
});

it("[X-07] a refusal is Telegram's own: its code, its words and how long to wait", async () => {
  answer = (_, response) => {
    response.statusCode = 429;
    response.end(
      '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":3}}',
    );
  };
  expect(explain(await failure(api().sendMessage(5, 'a')))).toEqual({
    outcome: 'notArrived',
    error: '429 Too Many Requests',
    retryAfter: 3_000,
  });
});

it.each([
  [
    'the connection breaks before the answer',
    (_: IncomingMessage, response: ServerResponse) => void response.destroy(),
  ],
  [
    'it breaks within the answer',
    (_: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"ok":true,', () => response.destroy());
    },
  ],
  [
    'somebody on the way answers with a page',
    (_: IncomingMessage, response: ServerResponse) => void response.end('<html>Bad Gateway</html>'),
  ],
])('[X-07] it is unknown whether a message arrived when %s', async (_, how) => {
  answer = how;
  const error = await failure(api().sendMessage(5, 'a'));
  expect(explain(error)).toMatchObject({ outcome: 'uncertain' });
  expect(String(error)).not.toContain(token);
});

it('[X-07] a call that is called off ends at once, before and after it left', async () => {
  answer = () => abort.abort();
  const abort = new AbortController();
  const telegram = api();
  const call = () => telegram.getUpdates({}, abort.signal as never);
  expect(await failure(call())).toBeInstanceOf(HttpError);
  expect(await failure(call())).toBeInstanceOf(HttpError);
  expect(seen).toHaveLength(1);
});

it('[X-07] nothing has left when nobody listens', async () => {
  const telegram = api();
  await new Promise((resolve) => server.close(resolve));
  expect(explain(await failure(telegram.sendMessage(5, 'a')))).toMatchObject({ outcome: 'notArrived' });
});
