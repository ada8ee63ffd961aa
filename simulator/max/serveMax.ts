import { type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { multipart } from '../http/multipart.ts';
import { readBody } from '../http/readBody.ts';
import { sendJson } from '../http/sendJson.ts';
import { called, messengers } from '../messengers.ts';
import { type Simulator } from '../simulator.ts';
import { findFile } from '../telegram/findFile.ts';
import { saveFile } from '../telegram/saveFile.ts';
import { maxToken } from './max.ts';
import { MaxError } from './maxError.ts';
import { parseBody } from './outgoing.ts';

const LIMIT = 25 * 1024 * 1024;
const subscription = z.object({
  url: z.url(),
  secret: z.string().optional(),
  update_types: z.array(z.string()).optional(),
});
const bye = { success: true };

/** Answers `/max/…`, MAX's bot API as far as a bot needs it, with ordered faults. */
export async function serveMax(
  sim: Simulator,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
): Promise<void> {
  try {
    const [, , what = '', id = ''] = url.pathname.split('/');
    // Addresses of files and uploads are secrets of their own.
    if (what === 'files' && req.method === 'GET') return bytes(sim, res, id);
    if (what === 'put' && req.method === 'POST') return await put(sim, req, res, id);
    if (req.headers.authorization !== maxToken)
      throw new MaxError(401, 'verify.token', 'Invalid access_token');
    const answer = await run(sim, req, res, url, `${req.method ?? 'GET'} ${what}`);
    if (answer === undefined) return;
    await sim.world.store.flushed();
    sendJson(res, 200, answer);
  } catch (error) {
    if (!(error instanceof MaxError)) throw error;
    sendJson(res, error.status, error);
  }
}

async function run(
  sim: Simulator,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
  what: string,
): Promise<object | undefined> {
  const { max } = sim;
  const query = (name: string) => url.searchParams.get(name) ?? undefined;
  switch (what) {
    case 'GET me':
      return { user_id: messengers.max.id, is_bot: true, first_name: 'MAX', username: called.max };
    case 'POST messages':
      return send(sim, req, res, Number(query('user_id') ?? query('chat_id')));
    case 'PUT messages':
      max.edit(query('message_id') ?? '', parseBody(await readJson(req)));
      return bye;
    case 'POST answers': {
      const { notification } = z.object({ notification: z.string() }).parse(await readJson(req));
      const user = Number(/^cb\.(\d+)\./.exec(query('callback_id') ?? '')?.[1]);
      sim.world.events.tell({ type: 'answer', user, text: notification, showAlert: false });
      return bye;
    }
    case 'POST uploads':
      return { url: `${sim.own ?? url.origin}/max/put/${query('type') ?? 'file'}` };
    case 'GET updates': {
      const gone = new AbortController();
      res.once('close', () => gone.abort());
      const marker = query('marker');
      const wait = Math.min(Number(query('timeout') ?? 30), 90);
      return max.poll(marker === undefined ? undefined : Number(marker), wait, gone.signal);
    }
    case 'GET subscriptions':
      return { subscriptions: max.subscription ? [max.subscription] : [] };
    case 'POST subscriptions':
      max.subscription = subscription.parse(await readJson(req));
      return bye;
    case 'DELETE subscriptions':
      max.subscription = null;
      return bye;
    default:
      throw new MaxError(404, 'not.found', `no ${what}`);
  }
}

async function send(
  sim: Simulator,
  req: IncomingMessage,
  res: ServerResponse,
  user: number,
): Promise<object | undefined> {
  const body = parseBody(await readJson(req));
  const fault = sim.faults.take('messages', user, 'max');
  switch (fault?.kind) {
    case '429':
      throw new MaxError(429, 'too.many.requests', 'Too many requests');
    case '403':
      throw new MaxError(403, 'chat.denied', 'error.dialog.suspended');
    case '500':
      throw new MaxError(503, 'service.unavailable', 'Service unavailable');
    case 'token':
      throw new MaxError(401, 'verify.token', 'Invalid access_token');
    case '502-html':
      res.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad Gateway</html>');
      return undefined;
    case 'drop-before':
      res.socket?.destroy();
      return undefined;
    default:
  }
  const answer = sim.max.accept(sim.max.dialog(user), body);
  await sim.world.store.flushed();
  if (fault?.kind === 'slow') await sleep(fault.delay);
  if (fault?.kind !== 'drop-after') return answer;
  res.socket?.destroy();
  return undefined;
}

async function put(sim: Simulator, req: IncomingMessage, res: ServerResponse, type: string): Promise<void> {
  const whole = (await readBody(req, LIMIT)) ?? Buffer.alloc(0);
  const file = multipart(whole, req.headers['content-type'] ?? '')?.find(({ name }) => name === 'data');
  if (!file?.filename) throw new MaxError(400, 'proto.payload', 'no data');
  const kind = type === 'image' ? 'photo' : type === 'audio' ? 'voice' : 'document';
  const source = { name: file.filename, type: file.type, bytes: file.bytes };
  const { file_unique_id: token } = saveFile(sim.world, kind, source);
  sendJson(res, 200, type === 'image' ? { photos: { a: { token } } } : { token });
}

function bytes(sim: Simulator, res: ServerResponse, id: string): void {
  const found = findFile(sim.world, 'unique', id);
  const content = found && sim.world.store.file(found.path);
  if (!found || !content) throw new MaxError(404, 'not.found', 'no such file');
  res.writeHead(200, { 'content-type': found.type, 'content-length': content.length }).end(content);
}

async function readJson(req: IncomingMessage): Promise<unknown> {
  try {
    return JSON.parse(((await readBody(req, LIMIT)) ?? Buffer.from('null')).toString('utf8')) as unknown;
  } catch {
    throw new MaxError(400, 'proto.payload', 'the body is not JSON');
  }
}
