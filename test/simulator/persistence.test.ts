import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSimulator } from './support/startSimulator.ts';

const MAIN = join(import.meta.dirname, '../../simulator/main.ts');

test('everything that was answered is there again after kill -9', async () => {
  const first = await startSimulator();
  const person = await first.person({ name: 'Vera Kuznetsova', phone: '+79160000001' });
  await first.call('POST', '/sim/clock', { advance: '3d' });
  const { message_id } = (
    await first.bot('sendMessage', { chat_id: person, text: 'kept', reply_markup: { keyboard: [['K']] } })
  ).body.result;
  await first.call('POST', `/sim/users/${person}/send`, {
    file: { name: 'cv.pdf', base64: Buffer.from('cv').toString('base64') },
  });
  const waiting = (await first.bot('getUpdates')).body.result;
  await first.bot('setMyCommands', { commands: [{ command: 'help', description: 'Help' }] });
  await first.bot('setMyDescription', { description: 'D' });
  await first.bot('setWebhook', { url: 'http://127.0.0.1:9/hook', secret_token: 's' }, '55:other');
  await first.call('PUT', '/sim/demo', { vacancies: [{ title: 'V', start: 't' }] });
  const seen = async (sim: typeof first) =>
    Promise.all(
      [
        '/sim/users',
        `/sim/users/${person}/messages`,
        `/sim/users/${person}/menu`,
        '/sim/demo',
        '/sim/ledger',
        '/sim/bots',
      ].map(async (path) => (await sim.call('GET', path)).body),
    );
  await first.bot('getMe');
  const before = await seen(first);
  const { offset } = (await first.call('GET', '/sim/clock')).body;
  await first.kill();

  const second = await startSimulator({ data: first.data });
  expect(await seen(second)).toEqual(before);
  expect((await second.call('GET', '/sim/clock')).body.offset).toBe(offset);
  expect((await second.bot('getUpdates')).body.result).toEqual(waiting);
  expect((await second.bot('getWebhookInfo', {}, '55:other')).body.result.url).toBe(
    'http://127.0.0.1:9/hook',
  );
  const file = waiting.at(-1).message.document.file_id;
  expect((await second.bot('getFile', { file_id: file })).body.result.file_size).toBe(2);

  const next = (await second.bot('sendMessage', { chat_id: person, text: 'next' })).body.result.message_id;
  expect(next).toBeGreaterThan(message_id + 1);
  const { updateId } = (await second.call('POST', `/sim/users/${person}/send`, { text: 'x' })).body;
  expect(updateId).toBe(waiting.at(-1).update_id + 1);
  expect((await second.call('POST', '/sim/users', { name: 'New', lang: 'ru' })).body.id).toBe(person + 1);
  await second.stop();
});

test('nothing that was confirmed comes again after kill -9', async () => {
  const first = await startSimulator();
  await first.person();
  const [update] = (await first.bot('getUpdates')).body.result;
  await first.bot('getUpdates', { offset: update.update_id + 1 });
  await first.kill();
  const second = await startSimulator({ data: first.data });
  expect((await second.bot('getUpdates')).body.result).toEqual([]);
  await second.stop();
});

const fails = (args: string[]): Promise<{ code: number | null; stderr: string }> =>
  new Promise((resolve) => {
    const child = fork(MAIN, args, { silent: true });
    let stderr = '';
    child.stderr?.on('data', (chunk) => (stderr += String(chunk)));
    child.once('close', (code) => resolve({ code, stderr }));
  });

test('a port that is taken, a folder that is in use and a wrong port stop the start with one line', async () => {
  const running = await startSimulator();
  const port = new URL(running.url).port;
  const other = `${running.data}-other`;
  expect(await fails(['--port', port, '--data', other])).toEqual({
    code: 1,
    stderr: `simulator: the port is taken: listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`,
  });
  expect(await fails(['--port', '0', '--data', running.data])).toEqual({
    code: 1,
    stderr: 'simulator: another simulator is using this --data folder\n',
  });
  expect((await fails(['--port', 'http'])).stderr).toBe('simulator: --port http is not a port\n');
  rmSync(other, { recursive: true, force: true });
  await running.stop();
});

test('it ends with its parent and on SIGTERM, with code 0, even while a poll is held', async () => {
  for (const end of ['disconnect', 'SIGTERM'] as const) {
    const sim = await startSimulator();
    const held = fetch(`${sim.url}/bot1:x/getUpdates?timeout=50`).catch(() => null);
    await sim.bot('getMe');
    const code = new Promise((resolve) => sim.child.once('exit', resolve));
    if (end === 'disconnect') sim.child.disconnect();
    else sim.child.kill(end);
    expect(await code).toBe(0);
    await held;
    await sim.stop();
  }
});
