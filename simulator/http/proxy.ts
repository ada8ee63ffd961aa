import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { sendJson } from './sendJson.ts';

/** Headers that belong to one connection and are not passed on (RFC 9110, 7.6.1). */
const OF_THE_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/**
 * Passes a request on to the product as it is, and its answer back, both streamed; so that one address serves all.
 * @param base the product's address, or null when it has not registered: 502.
 */
export function proxy(base: string | null, req: IncomingMessage, res: ServerResponse): void {
  if (base === null) return sendJson(res, 502, { error: 'the product has not registered yet' });
  const target = new URL(base);
  const headers = Object.fromEntries(
    Object.entries(req.headers).filter(([name]) => !OF_THE_HOP.includes(name)),
  );
  const onward = request(
    { hostname: target.hostname, port: target.port, method: req.method, path: req.url, headers },
    (answer) => {
      const back = Object.entries(answer.headers).filter(([name]) => !OF_THE_HOP.includes(name));
      res.writeHead(answer.statusCode ?? 502, Object.fromEntries(back));
      answer.pipe(res);
      answer.once('error', () => res.destroy());
    },
  );
  onward.once('error', () => {
    if (res.headersSent) res.destroy();
    else sendJson(res, 502, { error: 'the product does not answer' });
  });
  res.once('close', () => onward.destroy());
  req.pipe(onward);
}
