import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createServer as createSecureServer } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { makeKeptLines, type Post } from '../../channels/http/keptLines.ts';

/** A secret that both know stands for a certificate, which would have to be kept here with its key. */
const psk = Buffer.from('a secret of this test');
const ciphers = 'PSK';
const believed = {
  ciphers,
  checkServerIdentity: () => undefined,
  pskCallback: () => ({ psk, identity: 'us' }),
};

let server: Server | undefined;
let sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  server?.close();
});

/** A peer that does with each request what it is told; how it is spoken to. */
async function peer(
  does: (socket: Socket, request: string) => void,
  { secure = false, patience = 5_000 } = {},
): Promise<Post> {
  const met = (socket: Socket): void => {
    sockets.push(socket.on('error', () => undefined));
    socket.on('data', (data: Buffer) => does(socket, data.toString()));
  };
  server = secure ? createSecureServer({ ciphers, pskCallback: () => psk }, met) : createServer(met);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = new URL(`${secure ? 'https://localhost' : 'http://127.0.0.1'}:${port}`);
  return makeKeptLines(url, patience, secure ? believed : {});
}

const answer = (socket: Socket, body: string, more = ''): void =>
  void socket.write(`HTTP/1.1 200 OK\r\n${more}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
/** What was asked for: the path and the body. */
const asked = (request: string): string[] => [
  /^POST (\S+) HTTP\/1\.1\r\n/.exec(request)?.[1] ?? '',
  request.slice(request.indexOf('\r\n\r\n') + 4),
];

test.each([[false], [true]])(
  '[X-07] each gets its own answer, side by side over few connections; TLS: %s',
  async (secure) => {
    const post = await peer((socket, request) => answer(socket, asked(request).join(' ')), { secure });
    for (let round = 0; round < 3; round += 1) {
      const many = Array.from({ length: 10 }, (_, index) => post(`/p${index}`, `"Слово ${round}"`));
      expect(await Promise.all(many)).toEqual(many.map((_, index) => `/p${index} "Слово ${round}"`));
    }
    expect(sockets).toHaveLength(10);
  },
);

test('[X-07] a connection that the peer gives up is not used again', async () => {
  const post = await peer((socket) => answer(socket, '{}', 'Connection: close\r\n'));
  await post('/a', '{}');
  await post('/b', '{}');
  expect(sockets).toHaveLength(2);
});

test('[X-07] one that was closed while nobody used it is passed over', async () => {
  const post = await peer((socket) => answer(socket, '{}'));
  await post('/a', '{}');
  sockets[0]?.end();
  await pause(20);
  expect(await post('/b', '{}')).toBe('{}');
  expect(sockets).toHaveLength(2);
});

test('[X-07] what nobody asked for ends the connection and answers nobody', async () => {
  const post = await peer((socket, request) => answer(socket, asked(request)[1] ?? ''));
  await post('/a', '1');
  if (sockets[0]) answer(sockets[0], 'for nobody');
  await pause(20);
  expect(await post('/b', '2')).toBe('2');
  expect(sockets).toHaveLength(2);
});

test.each([
  ['ends before the answer', (socket: Socket) => void socket.end(), 'ECONNRESET'],
  ['is broken off', (socket: Socket) => void socket.resetAndDestroy(), 'ECONNRESET'],
  [
    'ends within it',
    (socket: Socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{'),
    'ECONNRESET',
  ],
  ['says something else', (socket: Socket) => void socket.write('220 smtp\r\n\r\n'), undefined],
  ['says nothing', () => undefined, undefined],
])('[X-07] a connection that %s fails its request, and the next has another', async (_, does, code) => {
  let first = true;
  const post = await peer(
    (socket) => {
      if (first) does(socket);
      else answer(socket, '{}');
      first = false;
    },
    { patience: 200 },
  );
  const fault: unknown = await post('/a', '{}').catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(Error);
  expect((fault as { code?: string }).code).toBe(code);
  expect(await post('/b', '{}')).toBe('{}');
});

test('[X-07] a request that is called off ends at once, before and after it left', async () => {
  const post = await peer(() => undefined);
  const abort = new AbortController();
  const waiting = post('/a', '{}', abort.signal);
  await pause(20);
  abort.abort();
  await expect(waiting).rejects.toThrow();
  await expect(post('/a', '{}', abort.signal)).rejects.toThrow();
  expect(sockets).toHaveLength(1);
});
