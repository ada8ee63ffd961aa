import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { Api } from 'grammy';
import { telegramLimits } from '../channels/telegram/telegramLimits.ts';
import { makeClock } from '../runtime/clock.ts';
import { makePace } from '../runtime/makePace.ts';
import { handClock } from '../test/support/handClock.ts';

/** What a Telegram counts of a broadcast: its share of thirty a second, and the most in any sliding second. */
export interface LimitUse {
  share: number;
  most: number;
  seconds: number;
}

/** Ten minutes of a queue that never ends, under a virtual clock, with answers that take up to 40 ms. */
export async function limitForTenMinutes(): Promise<LimitUse> {
  const clock = handClock();
  const pace = makePace(clock, telegramLimits);
  const start = clock.real();
  const arrivals: number[] = [];
  const send = async (index: number): Promise<void> => {
    const turn = await pace.turn(`${index}`, 'bulk');
    await clock.sleep(index % 21);
    arrivals.push(clock.real());
    await clock.sleep(index % 19);
    turn.end();
  };
  for (let index = 0; index < 20_000; index += 1) void send(index);
  await clock.runTo(start + 600_000);
  return counted(arrivals, start, 600);
}

/** Half a minute of it for real, over HTTP and grammY, as the receiver's own clock has it. */
export async function limitForReal(seconds = 30): Promise<LimitUse> {
  const arrivals: number[] = [];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      arrivals.push(performance.now());
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, result: { message_id: arrivals.length } }));
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const api = new Api('42:bench-bench-bench-bench-bench-bench', { apiRoot: `http://127.0.0.1:${port}` });
  const clock = makeClock();
  const pace = makePace(clock, telegramLimits);
  let over = false;
  const send = async (index: number): Promise<void> => {
    const turn = await pace.turn(`${index}`, 'bulk');
    if (over) return;
    await api.sendMessage(index, 'bench');
    turn.end();
  };
  const start = performance.now();
  const all = Array.from({ length: seconds * 40 }, (_, index) => send(index + 1));
  void Promise.allSettled(all);
  await clock.sleep(seconds * 1_000);
  over = true;
  const result = counted(arrivals, start, seconds);
  server.closeAllConnections();
  server.close();
  return result;
}

function counted(all: number[], start: number, seconds: number): LimitUse {
  const arrivals = all.filter((at) => at < start + seconds * 1_000).sort((a, b) => a - b);
  let [most, from] = [0, 0];
  for (const [index, at] of arrivals.entries()) {
    while ((arrivals[from] ?? at) <= at - 1_000) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return { share: arrivals.length / (telegramLimits.perSecond * seconds), most, seconds };
}
