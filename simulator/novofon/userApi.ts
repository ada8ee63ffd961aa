import { createHash } from 'node:crypto';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { sendJson } from '../http/sendJson.ts';
import { type Simulator } from '../simulator.ts';
import { accountTime, fromAccountTime } from './accountTime.ts';
import { account, type NovofonFaultKind } from './novofon.ts';
import { sign } from './sign.ts';

/** The statistics of incoming calls of platform 1.0, for a request that is signed. */
export function userApi(
  { novofon, world }: Simulator,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
  fault: NovofonFaultKind | undefined,
): void {
  const refuse = (status: number, message: string) => sendJson(res, status, { status: 'error', message });
  if (req.method !== 'GET') return refuse(405, 'method not allowed');
  if (fault === 'wrong-key' || req.headers.authorization !== authorization(url))
    return refuse(401, 'Not authorized');
  if (fault === 'not-whitelisted') return refuse(403, 'Forbidden');
  if (fault === 'no-money') return refuse(402, 'no money');
  if (fault === 'too-many') {
    res.setHeader('retry-after', '20');
    return refuse(429, 'limit exceeded');
  }
  if (fault === 'odd') return sendJson(res, 200, { status: 'success', stats: [{ id: 1 }] });
  const { searchParams: asked } = url;
  const [from, till] = [asked.get('start') ?? '', asked.get('end') ?? ''].map(fromAccountTime);
  if (from === undefined || till === undefined) return refuse(400, 'wrong date');
  const [skip, limit] = [
    Number(asked.get('skip') ?? 0),
    Math.min(Number(asked.get('limit') ?? 1_000), 1_000),
  ];
  const stats = novofon
    .shown(world.clock.now(), from, till)
    .filter(({ direction }) => direction === 'in')
    .slice(skip, skip + limit)
    .map(({ id, from: caller, to, start, talk }) => ({
      id: String(id),
      sip: '100',
      callstart: accountTime(start),
      description: 'incoming',
      disposition: talk === null ? 'no answer' : 'answered',
      billseconds: talk ?? 0,
      cost: 0,
      billcost: 0,
      currency: 'RUB',
      from: caller ?? 'anonymous',
      to,
    }));
  sendJson(res, 200, { status: 'success', start: asked.get('start'), end: asked.get('end'), stats });
}

function authorization(url: URL): string {
  const query = new URLSearchParams([...url.searchParams].sort(([a], [b]) => (a < b ? -1 : 1))).toString();
  const path = url.pathname.slice('/novofon'.length);
  const digest = createHash('md5').update(query).digest('hex');
  return `${account.key}:${sign(`${path}${query}${digest}`, account.secret)}`;
}
