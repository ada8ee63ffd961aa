import { connect, isIP, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { connect as connectSecurely, type ConnectionOptions } from 'node:tls';
import { makeAnswerReader } from './readAnswer.ts';

/**
 * Posts JSON and gives the body of the answer, whatever its status.
 *
 * @param path from the root of the peer, with its slash
 * @throws the network's own error; ECONNRESET, too, when the connection ended before the answer was whole
 */
export type Post = (path: string, json: string, signal?: AbortSignal) => Promise<string>;

/** A connection, and who waits for an answer on it. */
interface Line {
  socket: Socket;
  /** Until when it may be used again, by `performance.now()`. */
  until: number;
  reader: ReturnType<typeof makeAnswerReader>;
  waiting: PromiseWithResolvers<string> | undefined;
  fault: Error | undefined;
}

/**
 * Connections to one peer that are kept between requests, one request at a time on each. Node's own HTTP client does
 * the same and takes 25 µs of the processor a request, this 10: of what a reply costs it was the most.
 *
 * @param patience after so many milliseconds without a byte nobody can know what came of it
 * @param trust whom to believe that they are the peer, when not the usual authorities
 */
export function makeKeptLines(peer: URL, patience: number, trust: ConnectionOptions = {}): Post {
  const secure = peer.protocol === 'https:';
  const host = peer.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = Number(peer.port) || (secure ? 443 : 80);
  const head = `Host: ${peer.host}\r\nConnection: keep-alive\r\nContent-Type: application/json\r\n`;
  const free: Line[] = [];

  const open = (): Line => {
    const where = { host, port, timeout: patience };
    const name = isIP(host) === 0 ? { servername: host } : {};
    const socket = secure
      ? connectSecurely({ ...where, ...name, ...trust, ALPNProtocols: ['http/1.1'] })
      : connect(where);
    const line: Line = {
      socket,
      until: Infinity,
      reader: makeAnswerReader(),
      waiting: undefined,
      fault: undefined,
    };
    socket.setNoDelay(true);
    socket.on('timeout', () => socket.destroy(new Error(`no answer for ${patience / 1000} s`)));
    socket.on('data', (part) => heard(line, () => line.reader.take(part)));
    socket.on('end', () => heard(line, () => line.reader.end()));
    socket.on('error', (error) => (line.fault = error));
    socket.on('close', () => {
      const at = free.indexOf(line);
      if (at >= 0) free.splice(at, 1);
      line.waiting?.reject(line.fault ?? Object.assign(new Error('no whole answer'), { code: 'ECONNRESET' }));
      line.waiting = undefined;
    });
    return line;
  };

  const heard = (line: Line, read: () => ReturnType<typeof line.reader.take>): void => {
    const { socket, waiting } = line;
    // Nobody asked anything: whatever it is, it is no answer to the next request.
    if (!waiting) return void socket.destroy();
    try {
      const answer = read();
      if (!answer) return;
      line.waiting = undefined;
      waiting.resolve(answer.body);
      if (answer.kept === 0) return void socket.destroy();
      line.until = answer.kept === undefined ? Infinity : performance.now() + answer.kept;
      line.reader = makeAnswerReader();
      // An idle connection keeps no process alive.
      socket.unref();
      free.push(line);
    } catch (error) {
      socket.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  };

  const take = (): Line => {
    for (let line = free.pop(); line; line = free.pop()) {
      if (line.until > performance.now() && line.socket.writable && !line.socket.readableEnded) {
        line.socket.ref();
        return line;
      }
      line.socket.destroy();
    }
    return open();
  };

  return async (path, json, signal) => {
    signal?.throwIfAborted();
    const line = take();
    const waiting = Promise.withResolvers<string>();
    line.waiting = waiting;
    const abort = (): void => void line.socket.destroy(new Error('called off'));
    signal?.addEventListener('abort', abort, { once: true });
    line.socket.write(
      `POST ${path} HTTP/1.1\r\n${head}Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`,
    );
    try {
      return await waiting.promise;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  };
}
