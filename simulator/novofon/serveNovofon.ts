import { type IncomingMessage, type ServerResponse } from 'node:http';
import { readBody } from '../http/readBody.ts';
import { sendJson } from '../http/sendJson.ts';
import { type Simulator } from '../simulator.ts';
import { dataApi } from './dataApi.ts';
import { userApi } from './userApi.ts';

/**
 * Novofon: the Data API of platform 2.0 at `/novofon/v2.0`, and the signed API of platform 1.0 at `/novofon/v1/…`, as
 * their pages have them.
 */
export async function serveNovofon(
  sim: Simulator,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
): Promise<void> {
  const path = url.pathname.slice('/novofon'.length);
  const body = String((await readBody(req, 100_000)) ?? '');
  const fault = sim.novofon.take();
  if (fault === 'silent') return;
  if (fault === 'html')
    return void res.writeHead(502, { 'content-type': 'text/html' }).end('<html>502</html>');
  if (path === '/v2.0') return dataApi(sim, req, res, body, fault);
  if (path === '/v1/statistics/incoming-calls/') return userApi(sim, req, res, url, fault);
  sendJson(res, 404, { status: 'error', message: 'unknown method' });
}
