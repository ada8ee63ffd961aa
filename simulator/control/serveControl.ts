import { type IncomingMessage, type ServerResponse } from 'node:http';
import { readBody } from '../http/readBody.ts';
import { sendJson } from '../http/sendJson.ts';
import { type Simulator } from '../simulator.ts';
import { clockRoutes } from './clockRoutes.ts';
import { ControlError } from './controlError.ts';
import { demoRoutes } from './demoRoutes.ts';
import { faultRoutes } from './faultRoutes.ts';
import { hhRoutes } from './hhRoutes.ts';
import { avitoRoutes } from './avitoRoutes.ts';
import { novofonRoutes } from './novofonRoutes.ts';
import { registryRoutes } from './registryRoutes.ts';
import { smsRoutes } from './smsRoutes.ts';
import { mailRoutes } from './mailRoutes.ts';
import { groupRoutes } from './groupRoutes.ts';
import { pageRoutes } from './pageRoutes.ts';
import { personRoutes } from './personRoutes.ts';
import { type Route } from './route.ts';
import { sendRoute } from './sendRoute.ts';
import { tapRoute } from './tapRoute.ts';

const routes = [
  ...personRoutes,
  ...groupRoutes,
  sendRoute,
  tapRoute,
  ...clockRoutes,
  ...faultRoutes,
  ...demoRoutes,
  ...pageRoutes,
  ...mailRoutes,
  ...registryRoutes,
  ...hhRoutes,
  ...avitoRoutes,
  ...novofonRoutes,
  ...smsRoutes,
].map((route) => ({ route, pattern: new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`) }));

/** Files of 20 MB in base64 and a little more. */
const LIMIT = 30 * 1024 * 1024;

/** Answers `/sim/…`, the control API of `README.md`. An answer goes out when what it says is on disk. */
export async function serveControl(
  sim: Simulator,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
): Promise<void> {
  try {
    const { route, path } = find(req.method ?? 'GET', url.pathname);
    const body = await readJson(req);
    const answer = await route.run({ sim, path, query: url.searchParams, body, req, res });
    if (answer === undefined) return;
    await sim.world.store.flushed();
    sendJson(res, 200, answer);
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    sendJson(res, error.status, { error: error.message, ...error.more });
  }
}

function find(method: string, pathname: string): { route: Route; path: Record<string, string> } {
  let known = false;
  for (const { route, pattern } of routes) {
    const match = pattern.exec(pathname);
    if (match && route.method === method) return { route, path: { ...match.groups } };
    known ||= match !== null;
  }
  throw known
    ? new ControlError(405, `${method} does not fit ${pathname}`)
    : new ControlError(404, `there is no ${pathname} in the control API`);
}

async function readJson(req: IncomingMessage): Promise<unknown> {
  const bytes = await readBody(req, LIMIT);
  if (!bytes) throw new ControlError(413, 'the body is larger than 30 MB');
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new ControlError(400, 'the body is not JSON');
  }
}
