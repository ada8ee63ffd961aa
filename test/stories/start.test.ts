import { fork, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../../runtime/config.ts';
import { childrenOf } from '../support/childrenOf.ts';
import { eventually } from '../support/eventually.ts';
import { type RunningProduct, startProduct } from '../support/startProduct.ts';
import { worded } from '../support/worded.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'start-'));
let first: RunningProduct;

beforeAll(async () => {
  first = await startProduct();
});
afterAll(async () => {
  await first.stop();
  first.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** A start that is to fail: its exit code and what it said. */
function attempt(settings: Record<string, string>): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['main.js'], {
      cwd: root,
      env: { ...process.env, PORT: '0', DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'warn', ...settings },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.once('close', (code) => resolve({ code, said }));
  });
}

const token = '123456:abcdefghijklmnopqrstuvwxyz012345678';
const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('the start', () => {
  test('[X-11] wrong settings stop it, each fault in a line of its own, none with its value', async () => {
    const { code, said } = await attempt({
      PORT: '99999',
      TELEGRAM_BOT_TOKEN: 'secret-value',
      TELEGRAM_API_ROOT: 'nowhere',
      PUBLIC_URL: 'ftp://example.org',
      MONGODB_URI: 'http://example.org',
      SMS_PROVIDER: 'pigeon',
      SMS_KEY: 'key',
      LOG_LEVEL: 'loud',
    });
    expect(code).toBe(2);
    const lines = said.split('\n').filter((line) => /^ {2}[A-Z_]+: \S/.test(line));
    expect(lines.map((line) => line.trim().split(':')[0])).toEqual([
      'PORT',
      'TELEGRAM_BOT_TOKEN',
      'TELEGRAM_API_ROOT',
      'PUBLIC_URL',
      'MONGODB_URI',
      'SMS_PROVIDER',
      'LOG_LEVEL',
    ]);
    // Each says what would be right.
    expect(lines.filter((line) => line.includes('Invalid'))).toEqual([]);
    expect(said).not.toContain('secret-value');
  });

  test('[X-11] a file .env is read by the start and by every command that needs the settings', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
    const reading = Object.entries(scripts).filter(([, line]) =>
      line.includes('--import ./scripts/envFile.js '),
    );
    expect(reading.map(([name]) => name).sort()).toEqual(
      ['audit', 'backup', 'invite', 'key', 'move-to', 'restore', 'start'].sort(),
    );
    writeFileSync(join(folder, '.env'), 'LOG_LEVEL=from the file\nPORT=1\n');
    const seen = spawnSync(
      process.execPath,
      ['--import', join(root, 'scripts/envFile.js'), '-p', 'process.env.LOG_LEVEL + process.env.PORT'],
      { cwd: folder, env: { PORT: '2' }, encoding: 'utf8' },
    );
    expect(seen.stdout.trim()).toBe('from the file2');
    const example = readFileSync(join(root, '.env.example'), 'utf8');
    const read = readConfig(parseEnv(example));
    expect(read).toMatchObject({ ok: true, config: { port: 3000, token: undefined, logLevel: 'info' } });
  });

  test('[X-11] an address that is taken, a folder in use, a folder that cannot be, are said in a line', async () => {
    const port = new URL(first.url).port;
    writeFileSync(join(folder, 'file'), '');
    const [taken, used, file, proc] = await Promise.all([
      attempt({ PORT: port }),
      attempt({ DATA_DIR: first.dataDir }),
      attempt({ DATA_DIR: join(folder, 'file', 'x') }),
      attempt({ DATA_DIR: '/proc/x' }),
    ]);
    expect(taken.said).toMatch(new RegExp(`port is taken: .*:${port}`));
    expect(used.said).toMatch(/already works on the folder|using this/);
    for (const { said } of [file, proc]) expect(said).toMatch(/^DATA_DIR: cannot write to \S+$/m);
    for (const { code, said } of [taken, used, file, proc]) {
      expect(code).toBe(1);
      expect(said).not.toMatch(/ at .*:\d+:\d+/);
    }
  });

  test('[X-11] a Telegram or a database that is not there is named, without a stack', async () => {
    const real = { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: 'http://127.0.0.1:9' };
    const [silent, unknown, base] = await Promise.all([
      attempt({ ...real, DATA_DIR: join(folder, 'silent') }),
      attempt({ ...real, DATA_DIR: join(folder, 'unknown'), TELEGRAM_API_ROOT: `${first.url}/nothing` }),
      attempt({ ...real, MONGODB_URI: 'mongodb://127.0.0.1:9/x?serverSelectionTimeoutMS=500' }),
    ]);
    expect(silent.said).toMatch(/^ {2}TELEGRAM_API_ROOT: Telegram does not answer$/m);
    expect(unknown.said).toMatch(/^ {2}TELEGRAM_\w+: /m);
    expect(base.said).toMatch(/^ {2}MONGODB_URI: the database cannot be used/m);
    for (const { code, said } of [silent, unknown, base]) {
      expect(code).toBe(1);
      expect(said).not.toMatch(/ at .*:\d+:\d+/);
    }
  });

  test('[X-06] two copies run side by side and know nothing of each other', async () => {
    const second = await startProduct();
    const [one, two] = [await first.sim.newPerson('Первый'), await second.sim.newPerson('Второй')];
    expect(one.id).toBe(two.id);
    await Promise.all([one.say('/help'), two.say('/start')]);
    await one.sees(worded('candidate.help'));
    await two.sees(worded('candidate.chooseVacancy'));
    await second.sim.advance('24h');
    expect((await second.sim.now()) - (await first.sim.now())).toBeGreaterThan(20 * 3_600_000);
    expect((await two.messages()).map(({ text }) => text)).not.toContain('/help');
    await second.stop();
    second.remove();
  });

  test('[X-06] Ctrl-C in a terminal ends all of it in order; a second start finds everything', async () => {
    const one = await startProduct();
    const person = await one.sim.newPerson('Помнящий');
    await one.sim.advance('3h');
    await person.say('/start');
    const before = await person.messages();
    const parent = one.process.pid ?? 0;
    const children = Object.values(childrenOf(parent));
    expect(children).toHaveLength(3);
    await one.stop();
    expect(one.process.exitCode).toBe(0);
    expect([parent, ...children].filter(alive)).toEqual([]);
    const two = await startProduct(one.dataDir);
    expect(await two.sim.person(person.id).messages()).toEqual(before);
    expect((await two.sim.demo()).people).toHaveLength(5);
    expect((await two.sim.call('GET', '/sim/users')) as unknown[]).toHaveLength(6);
    await two.stop();
    two.remove();
  });

  test('[X-06] kill -9 of the parent leaves no process', async () => {
    const one = await startProduct();
    const children = Object.values(childrenOf(one.process.pid ?? 0));
    await one.kill();
    await eventually(
      () => children.filter(alive),
      (left) => left.length === 0,
    );
    one.remove();
  });

  test('[X-06] a product that is still waiting for its addresses goes with the parent that should tell them', async () => {
    const env = { ...process.env, RECRUITING_CHILD: '1', MONGODB_URI: '', TELEGRAM_BOT_TOKEN: '' };
    const waiting = fork(join(root, 'main.js'), [], { env, stdio: 'ignore' });
    waiting.send({ simulator: 'started' });
    const ended = new Promise((resolve) => waiting.once('exit', resolve));
    waiting.disconnect();
    expect(await ended).toBe(0);
  });

  test('[X-06] npm that is killed takes what it started with it', async () => {
    const dataDir = mkdtempSync(join(folder, 'npm-'));
    const npm = spawn('npm', ['start'], {
      cwd: root,
      env: { ...process.env, PORT: '0', DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    npm.stdout.on('data', (chunk) => (said += String(chunk)));
    await eventually(
      () => said,
      (text) => text.includes('Open http'),
      30_000,
    );
    const url = /Open (\S+)/.exec(said)?.[1] ?? '';
    npm.kill('SIGKILL');
    await eventually(
      () =>
        fetch(url).then(
          () => true,
          () => false,
        ),
      (answers) => !answers,
    );
  });
});
