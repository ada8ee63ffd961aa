import { createServer, type Server, type Socket } from 'node:net';
import { isSqlite } from '../storage/trouble.ts';
import { type Doc } from '../values/value.ts';
import { clock } from '../clock.ts';
import { Later } from './later.ts';
import { MAX_MESSAGE, readMessage, writeReply, type Request } from './message.ts';

/** Answers one command, or says that it is to be answered later; `connection` tells connections apart. */
export type Answer = (body: Doc, connection: number) => Doc | Later;

/**
 * Accepts connections, cuts their bytes into messages and answers each. Answers are sent at the end of the turn of the
 * event loop, after `commit` made what they confirm durable. Whoever sends rubbish loses only its own connection.
 */
export function server(answer: Answer, commit: () => void): Server {
  const waiting: { socket: Socket; bytes: Buffer }[] = [];
  const parked = new Map<Request, { socket: Socket; connection: number }>();
  let due = false;
  let connections = 0;
  const flush = (): void => {
    due = false;
    commit();
    for (const { socket, bytes } of waiting) if (!socket.destroyed) socket.write(bytes);
    waiting.length = 0;
    askAgain();
  };
  const handle = (socket: Socket, connection: number, request: Request): void => {
    const reply = answer(request.body, connection);
    if (!(reply instanceof Later)) {
      parked.delete(request);
      send(socket, request, reply);
    } else if (reply.reply) {
      const { doc, release } = reply.reply;
      clock.at(reply.until, () => {
        release();
        send(socket, request, doc);
      });
      flushSoon();
    } else {
      if (!parked.has(request)) clock.at(reply.until, askAgain);
      parked.set(request, { socket, connection });
    }
  };
  const send = (socket: Socket, request: Request, reply: Doc): void => {
    if (!request.silent) waiting.push({ socket, bytes: writeReply(request, reply) });
    flushSoon();
  };
  const flushSoon = (): void => {
    if (!due) setImmediate(flush);
    due = true;
  };
  const askAgain = (): void => {
    for (const [request, { socket, connection }] of parked) {
      if (socket.destroyed) parked.delete(request);
      else handle(socket, connection, request);
    }
  };
  return createServer((socket) => {
    connections += 1;
    const connection = connections;
    const feed = splitter();
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      try {
        for (const bytes of feed(chunk)) handle(socket, connection, readMessage(bytes));
      } catch (error) {
        // That of a broken message ends only its connection.
        if (isSqlite(error)) throw error;
        socket.destroy();
      }
    });
  });
}

/** Collects chunks and gives out whole messages. @throws RangeError for a length no message has */
function splitter(): (chunk: Buffer) => Generator<Buffer> {
  let chunks: Buffer[] = [];
  let have = 0;
  return function* feed(chunk) {
    chunks.push(chunk);
    have += chunk.length;
    while (have >= 4) {
      let [first = Buffer.alloc(0)] = chunks;
      if (first.length < 4) chunks = [(first = Buffer.concat(chunks))];
      const size = first.readInt32LE(0);
      if (size < 21 || size > MAX_MESSAGE) throw new RangeError('not a message length');
      if (have < size) return;
      const all = chunks.length === 1 ? first : Buffer.concat(chunks);
      chunks = all.length > size ? [all.subarray(size)] : [];
      have -= size;
      yield all.subarray(0, size);
    }
  };
}
