import { createServer, type Server } from 'node:http';

/** A product that keeps the control contract and nothing else: it does what is due when its clock has come there. */
export interface StubProduct {
  url: string;
  /** What it did, in order: the titles of what was due, and at which virtual time. */
  done: { what: string; at: number }[];
  offsets: number[];
  /** Adds something due; `then` may add more when it is done. */
  plan(what: string, at: number, then?: () => void): void;
  /** While true it says that it is busy. */
  busy: boolean;
  /** While true it does nothing of what is due. */
  asleep: boolean;
  stop(): Promise<void>;
  /** Listens again where it did. */
  restart(): Promise<void>;
}

const SECRET = 'stub-secret';

/** Starts the stub and registers it with the simulator. */
export async function stubProduct(simulator: string): Promise<StubProduct> {
  let offset = 0;
  let port = 0;
  let due: { what: string; at: number; then?: (() => void) | undefined }[] = [];
  const now = (): number => Date.now() + offset;
  const work = (): void => {
    if (stub.asleep) return;
    for (const item of due.filter(({ at }) => at <= now())) {
      stub.done.push({ what: item.what, at: now() });
      due = due.filter((other) => other !== item);
      item.then?.();
    }
  };
  const answer = (path: string, body: string): object => {
    if (path === '/control/clock') {
      ({ offset } = JSON.parse(body) as { offset: number });
      stub.offsets.push(offset);
      setTimeout(work, 20);
    }
    const iso = (at: number): string => new Date(at).toISOString();
    if (path === '/control/due') {
      const sorted = due.toSorted((a, b) => a.at - b.at);
      return {
        now: iso(now()),
        due: sorted.map(({ what, at }) => ({ what, at: iso(at), title: `title of ${what}` })),
      };
    }
    const waiting = due.filter(({ at }) => at <= now()).length;
    return {
      now: iso(now()),
      quiet: !stub.busy && (waiting === 0 || stub.asleep),
      waiting: { timers: waiting },
    };
  };
  const make = (): Server =>
    createServer((req, res) => {
      let body = '';
      req.on('data', (chunk) => (body += String(chunk)));
      req.on('end', () => {
        const allowed = req.headers.authorization === `Bearer ${SECRET}`;
        res.writeHead(allowed ? 200 : 401, { 'content-type': 'application/json' });
        res.end(JSON.stringify(allowed ? answer(req.url?.split('?')[0] ?? '', body) : {}));
      });
    });
  let server = make();
  const listen = (at: number): Promise<void> =>
    new Promise((resolve) => server.listen(at, '127.0.0.1', resolve));
  const stub: StubProduct = {
    url: '',
    done: [],
    offsets: [],
    busy: false,
    asleep: false,
    plan: (what, at, then) => void due.push({ what, at, then }),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    async restart() {
      server = make();
      await listen(port);
    },
  };
  await listen(0);
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
  stub.url = `http://127.0.0.1:${port}`;
  await fetch(`${simulator}/sim/product`, {
    method: 'POST',
    body: JSON.stringify({ url: stub.url, secret: SECRET }),
  });
  return stub;
}
