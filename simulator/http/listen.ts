import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Simulator } from '../simulator.ts';
import { serveControl } from '../control/serveControl.ts';
import { serveFile } from '../telegram/serveFile.ts';
import { serveTelegram } from '../telegram/serveTelegram.ts';
import { serveAvito } from '../avito/serveAvito.ts';
import { serveDadata } from '../dadata/serveDadata.ts';
import { serveHh } from '../hh/serveHh.ts';
import { serveNovofon } from '../novofon/serveNovofon.ts';
import { serveSms } from '../sms/serveSms.ts';
import { proxy } from './proxy.ts';
import { serveMax } from '../max/serveMax.ts';
import { serveGraph } from '../whatsapp/serveGraph.ts';
import { sendJson } from './sendJson.ts';
import { servePage } from './servePage.ts';

/**
 * Opens the one address that serves all: the Bot API, the control API, the page, and the product behind.
 * @param report is told of bugs; their callers get a 500.
 * @returns the server and its port.
 */
export async function listen(
  sim: Simulator,
  port: number,
  report: (error: unknown) => void,
): Promise<{ server: Server; port: number }> {
  const server = createServer((req, res) => {
    serve(sim, req, res).catch((error: unknown) => {
      report(error);
      if (res.headersSent) res.destroy();
      else
        sendJson(res, 500, {
          ok: false,
          error_code: 500,
          error: 'bug in the simulator',
          description: 'Internal',
        });
    });
  });
  // Longer than any client keeps a connection, so that none is closed under a request.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : port };
}

async function serve(sim: Simulator, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const url = new URL(req.url ?? '/', 'http://127.0.0.1');
  const { pathname } = url;
  if (/^\/bot[^/]*:/.test(pathname) || /^\/bot[^/]*\/\w+\/?$/.test(pathname))
    return serveTelegram(sim, req, res, url);
  if (/^\/sms(ru|c)\//.test(pathname)) return serveSms(sim, req, res, url);
  if (pathname.startsWith('/hh/')) return serveHh(sim, req, res, url);
  if (pathname.startsWith('/avito/')) return serveAvito(sim, req, res, url);
  if (pathname.startsWith('/dadata/')) return serveDadata(sim, req, res, url);
  if (pathname.startsWith('/novofon/')) return serveNovofon(sim, req, res, url);
  if (pathname.startsWith('/max/')) return serveMax(sim, req, res, url);
  if (pathname.startsWith('/graph/')) return serveGraph(sim, req, res, url);
  if (pathname.startsWith('/file/bot')) return serveFile(sim.world, res, url);
  if (pathname === '/sim' || pathname.startsWith('/sim/')) return serveControl(sim, req, res, url);
  if (pathname === '/' || pathname.startsWith('/page/')) return servePage(req, res, pathname);
  if (pathname === '/favicon.ico') return servePage(req, res, '/page/icon.svg');
  return proxy(sim.product.url, req, res);
}
