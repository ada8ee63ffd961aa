import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../../../simulator/main.ts');

/** An answer of the simulator: status and JSON. */
export interface Answer {
  status: number;
  body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into answers of any shape
}

/** A running simulator, a process of its own. */
export interface Running {
  url: string;
  data: string;
  child: ChildProcess;
  /** A call of the control API, or of any path. */
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  /** A call of the Bot API by JSON. */
  bot(method: string, params?: object, token?: string): Promise<Answer>;
  /** A new person who has written `/start`, unless told otherwise. */
  person(options?: { name?: string; started?: boolean; phone?: string; lang?: string }): Promise<number>;
  /** Ends it and forgets its data. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash does, and keeps its data. */
  kill(): Promise<void>;
}

export const TOKEN = '4242:test-token_of_the_simulator';

/** Starts a simulator on a free port; `data` continues an older one's. */
export async function startSimulator(options: { data?: string; args?: string[] } = {}): Promise<Running> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'simulator-'));
  const child = fork(MAIN, ['--port', '0', '--data', data, ...(options.args ?? [])], { silent: true });
  let complaints = '';
  child.stderr?.on('data', (chunk) => (complaints += String(chunk)));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { url: string }).url));
    child.once('exit', () => reject(new Error(complaints)));
  });
  const call: Running['call'] = async (method, path, body) => {
    const answer = await fetch(url + path, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    return { status: answer.status, body: await answer.json() };
  };
  const bot: Running['bot'] = (method, params = {}, token = TOKEN) =>
    call('POST', `/bot${token}/${method}`, params);
  const gone = (signal: NodeJS.Signals): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill(signal);
    });
  return {
    url,
    data,
    child,
    call,
    bot,
    async person({ name = 'Anna Petrova', started = true, phone, lang = 'ru' } = {}) {
      await bot('getMe');
      const { body } = await call('POST', '/sim/users', { name, lang, ...(phone && { phone }) });
      if (started) await call('POST', `/sim/users/${body.id}/send`, { text: '/start' });
      return body.id as number;
    },
    async stop() {
      await gone('SIGTERM');
      rmSync(data, { recursive: true, force: true });
    },
    kill: () => gone('SIGKILL'),
  };
}
