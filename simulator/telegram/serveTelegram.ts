import { type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendJson } from '../http/sendJson.ts';
import { type Simulator } from '../simulator.ts';
import { type Caller } from './call.ts';
import { type Fault } from './faults.ts';
import { methods } from './methods/methods.ts';
import { readParams } from './readParams.ts';
import { Refusal } from './refusal.ts';
import { runMethod } from './runMethod.ts';

/** What nginx in front of Telegram answers when it has a bad day. */
const BAD_GATEWAY =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n';

/** Answers `/bot<token>/<method>`: reads the call, applies ordered faults, runs it, and answers once it is on disk. */
export async function serveTelegram(
  sim: Simulator,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
): Promise<void> {
  try {
    const [, token = '', name = ''] = /^\/bot([^/]*)\/([^/]*)\/?$/.exec(url.pathname) ?? [];
    const bot = botId(token);
    const params = await readParams(req, url.searchParams);
    const method = methods.get(name.toLowerCase());
    if (!method) throw new Refusal(404, 'Not Found');

    const fault = sim.faults.take(method.name, params.integer('chat_id'));
    if (fault && failsBefore(fault, res)) {
      if (method.name === 'getUpdates') sim.updates.dropped(bot);
      return;
    }
    const result = await runMethod(sim, bot, method.name, params, whoCalled(req, res));
    await sim.world.store.flushed();
    if (fault?.kind === 'drop-after') {
      if (method.name === 'getUpdates') sim.updates.dropped(bot);
      return void res.socket?.destroy();
    }
    if (fault?.kind === 'slow') await hold(sim, fault.delay);
    sendJson(res, 200, { ok: true, result });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    sendJson(res, error.code, error);
  }
}

function botId(token: string): number {
  const id = /^(\d{1,15}):[\w-]+$/.exec(decodeURIComponent(token))?.[1];
  if (id === undefined) throw new Refusal(401, 'Unauthorized');
  return Number(id);
}

/** Faults that strike before the call counts. @returns whether it was answered (or dropped). */
function failsBefore(fault: Fault, res: ServerResponse): boolean {
  switch (fault.kind) {
    case '429':
      throw Refusal.tooMany(fault.retryAfter);
    case '403':
      throw Refusal.blocked();
    case '500':
      throw new Refusal(500, 'Internal Server Error');
    case '502-html':
      res.writeHead(502, { 'content-type': 'text/html' }).end(BAD_GATEWAY);
      return true;
    case 'drop-before':
      res.socket?.destroy();
      return true;
    default:
      return false;
  }
}

async function hold(sim: Simulator, delay: number): Promise<void> {
  sim.faults.held += 1;
  try {
    await sleep(delay);
  } finally {
    sim.faults.held -= 1;
  }
}

function whoCalled(req: IncomingMessage, res: ServerResponse): Caller {
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  const { socket } = req;
  return { gone: gone.signal, connected: () => !socket.destroyed };
}
