import { parseArgs } from 'node:util';
import { listen } from './http/listen.ts';
import { openMail } from './mail/mail.ts';
import { Simulator } from './simulator.ts';
import { Store } from './store.ts';

/**
 * `node simulator/main.ts --port <port> --data <folder> [--limits]`: a Telegram of one's own on 127.0.0.1. Prints one
 * line and, over IPC, sends `{ ready, url }` when it can be used. Ends on SIGTERM, SIGINT, and with its parent.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      data: { type: 'string', default: 'data' },
      limits: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port ${values.port} is not a port`);

  const store = new Store(values.data);
  const sim = new Simulator(store, { limits: values.limits });
  const mail = await openMail(store, () => sim.world.clock.now());
  sim.mail = mail;
  mail.office.listen(() => sim.world.events.tell({ type: 'post' }));
  const { server, port: bound } = await listen(sim, port, complain);
  sim.webhooks.start();

  const stop = (): void => {
    sim.webhooks.close();
    sim.whatsapp.hooks.close();
    sim.sms.hooks.close();
    sim.hh.hooks.close();
    sim.avito.hooks.close();
    sim.novofon.hooks.close();
    sim.max.hooks.close();
    mail.close();
    server.close();
    server.closeAllConnections();
    store.close();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', stop);
  const url = `http://127.0.0.1:${bound}`;
  sim.own = url;
  process.stdout.write(`simulator ready ${url}\n`);
  process.send?.({ ready: true, url });
}

function complain(error: unknown): void {
  process.stderr.write(
    `simulator: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
}

/** What stops a start, in one line. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') return `the port is taken: ${error.message}`;
  if (/database is locked/.test(error.message)) return 'another simulator is using this --data folder';
  return error.message;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`simulator: ${explain(error)}\n`);
  process.exit(1);
}
