import { type ChildProcess, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { makeClock, randomId } from './clock.ts';
import { compiled } from './compiled.ts';
import type { Config } from './config.ts';
import { heapFlags } from './heapFlags.ts';
import { makeFolder } from './makeFolder.ts';
import { whenNpmGoes } from './parentGone.ts';

/** What a child says when it is ready to be used. */
const readyShape = z.object({
  ready: z.literal(true),
  uri: z.string().optional(),
  url: z.string().optional(),
});

/** The bot of the demo: the simulator takes any token of the right shape. */
const demoToken = (): string => `1000001:${'demo'.padEnd(35, '0')}`;

/** The demo's WhatsApp number: what the simulator's account has (`simulator/whatsapp/whatsapp.ts`). */
const demoWhatsApp = (simulatorUrl: string): Record<string, string> => ({
  WHATSAPP_API_ROOT: `${simulatorUrl}/graph/v23.0`,
  WHATSAPP_TOKEN: 'simulator-whatsapp-token',
  WHATSAPP_PHONE_ID: '100000000000001',
  WHATSAPP_BUSINESS_ID: '200000000000002',
  WHATSAPP_APP_SECRET: 'simulator-app-secret',
  WHATSAPP_VERIFY_TOKEN: 'simulator-verify',
});

/** How long a child may take to start, in milliseconds; then it is ended. */
const patience = 30_000;

/**
 * The longest pause between two starts that failed, in milliseconds. A store costs little to start, and what kept it down, a
 * full disk above all, may be over at any moment: everybody waits for it then.
 */
const longest = (name: string): number => (name === 'store' ? 5_000 : 30_000);

/** A child that ended so often within a minute is not started again: whatever ends it would end it again. */
const mostEnds = 5;
const minute = 60;

/** The store ends with this code when its file is damaged: no new start helps. */
const damaged = 65;

const clock = makeClock();

/** Two allocation arenas instead of eight a core: measured 5 to 10 MB less in each process, no slower. */
const frugal = { MALLOC_ARENA_MAX: '2' };
/** In the demo what is freed goes back to the system: 10 to 15 MB less of the four. glibc raises both by itself otherwise. */
const thrifty = { ...frugal, MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '131072' };
/** The store's memory for pages in the demo, in megabytes: it grows with all that was ever said. */
const demoCache = '4';

interface Child {
  name: string;
  address: string;
  process: ChildProcess;
}

/**
 * Start what the product lacks (store, simulator), then the product; restart what dies and say so; end them all on
 * Ctrl-C. Children end by themselves when this process is killed: their channel to it closes.
 */
export async function supervise(config: Config): Promise<void> {
  const dataDir = resolve(config.dataDir);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const root = join(import.meta.dirname, '..');
  const flags = heapFlags[config.token ? 'bot' : 'demo'];
  let stopping = false;
  const children = new Map<string, ChildProcess>();
  /** When each child ended, in seconds of this process. */
  const ends = new Map<string, number[]>();

  const start = async (
    name: string,
    script: string,
    args: string[],
    env: Record<string, string>,
    restart: () => Promise<unknown>,
    settings?: Promise<Record<string, string>>,
  ) => {
    const child = fork(join(root, script), args, {
      env: { ...process.env, ...(config.token ? frugal : thrifty), NODE_COMPILE_CACHE: compiled, ...env },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning', ...(flags[name] ?? [])],
      // A process group of its own: a terminal's Ctrl-C goes to this process alone, which ends them in order.
      detached: true,
    });
    children.set(name, child);
    if (name === 'product') child.stdout?.pipe(process.stdout);
    else child.stdout?.resume();
    // Should they never come, whoever waits for them here hears of it.
    settings?.then((told) => child.connected && child.send({ settings: told })).catch(() => undefined);
    const address = await ready(name, child);
    child.on('exit', (code, signal) => {
      if (stopping) return;
      const recent = [...(ends.get(name) ?? []), process.uptime()].filter(
        (second) => second > process.uptime() - minute,
      );
      ends.set(name, recent);
      if (recent.length > mostEnds) {
        fail(new Error(`${name} ended ${recent.length} times within a minute; it is not started again`));
        return;
      }
      say(`${name} ended (${signal ?? code}); starting it again`);
      void again(name, restart);
    });
    return { name, address, process: child } satisfies Child;
  };

  /** What ran before is started until it runs: Telegram or the database may be away for a while. */
  const again = async (name: string, restart: () => Promise<unknown>): Promise<void> => {
    for (let pause = 1_000; !stopping; pause = Math.min(pause * 2, longest(name))) {
      try {
        await restart();
        say(`${name} runs again`);
        return;
      } catch (error) {
        if (error instanceof Error && error.cause === damaged) return fail(error);
        say(`${error instanceof Error ? error.message : String(error)}; next try in ${pause / 1000} s`);
        await clock.sleep(pause);
      }
    }
  };

  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    // The product first: it still writes to the others while it ends.
    for (const name of ['product', 'simulator', 'store']) await end(children.get(name));
    process.exit(code);
  };
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));
  whenNpmGoes(clock, () => void stop(0));

  const fail = (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    void stop(1);
  };

  let storePort = '0';
  const startStore = async (): Promise<string> => {
    if (config.mongodbUri) return config.mongodbUri;
    const { address } = await start(
      'store',
      'store/main.ts',
      [
        '--data',
        join(dataDir, 'store'),
        '--port',
        storePort,
        ...(config.token ? [] : ['--cache', demoCache]),
      ],
      {},
      startStore,
    );
    storePort = /:(\d+)\//.exec(address)?.[1] ?? storePort;
    return address;
  };
  let simulatorPort = String(config.port);
  const startSimulator = async (): Promise<string | undefined> => {
    if (config.token) return undefined;
    const args = ['--port', simulatorPort, '--data', join(dataDir, 'simulator')];
    const { address } = await start('simulator', 'simulator/main.ts', args, {}, startSimulator);
    simulatorPort = new URL(address).port;
    // A simulator that was restarted does not know the product yet.
    const product = children.get('product');
    if (product?.connected) product.send({ simulator: 'started' });
    return address;
  };

  try {
    try {
      for (const folder of ['store', 'simulator']) makeFolder(join(dataDir, folder));
    } catch (error) {
      throw new Error(`DATA_DIR: cannot write to ${dataDir}`, { cause: error });
    }
    const others = Promise.all([startStore(), startSimulator()]);
    const secret = randomId(32);
    const settings = others.then(([mongodbUri, simulatorUrl]): Record<string, string> => {
      // Where the commands (invite, key, audit) find the running product.
      writeFileSync(join(dataDir, 'run.json'), JSON.stringify({ mongodbUri }), { mode: 0o600 });
      return {
        MONGODB_URI: mongodbUri,
        DATA_DIR: dataDir,
        ...(simulatorUrl && {
          SIMULATOR_URL: simulatorUrl,
          TELEGRAM_API_ROOT: simulatorUrl,
          TELEGRAM_BOT_TOKEN: demoToken(),
          ...(config.whatsappWeb ? {} : demoWhatsApp(simulatorUrl)),
          MAX_API_ROOT: `${simulatorUrl}/max`,
          MAX_TOKEN: 'simulator-max-token',
          PORT: '0',
        }),
        CONTROL_SECRET: secret,
      };
    });
    // It loads its modules, the most of its start, while the others start.
    const startProduct = async (): Promise<string> =>
      (await start('product', 'main.ts', [], { RECRUITING_CHILD: '1' }, startProduct, settings)).address;
    const [productUrl, [, simulatorUrl]] = await Promise.all([startProduct(), others, settings]);
    say('');
    say(`  Open ${simulatorUrl ?? productUrl}`);
    say('');
  } catch (error) {
    fail(error);
  }
}

function ready(name: string, child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const giveUp = clock.after(patience, () => {
      child.kill('SIGKILL');
      reject(new Error(`${name} did not start within ${patience / 1000} s`));
    });
    child.on('message', (message) => {
      const parsed = readyShape.safeParse(message);
      if (!parsed.success) return;
      giveUp();
      resolve(parsed.data.uri ?? parsed.data.url ?? '');
    });
    child.once('exit', (code) => {
      giveUp();
      reject(new Error(`${name} could not start (exit ${code})`, { cause: code }));
    });
  });
}

/** Ask a child to end; after three seconds it is ended. */
function end(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const callOff = clock.after(3_000, () => void child.kill('SIGKILL'));
    child.once('exit', () => {
      callOff();
      resolve();
    });
    child.kill('SIGTERM');
  });
}
