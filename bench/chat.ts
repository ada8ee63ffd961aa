import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { percentile } from './percentile.ts';
import { processTree } from './processTree.ts';
import { ended, startBench } from './startBench.ts';
import { telegramStub, type TelegramStub } from './telegramStub.ts';

export interface ChatFigures {
  p50: number;
  p99: number;
  sustained: number;
  /** Processor time of one update while as many come as it can, in microseconds, by process. */
  cost: { bot: number; store: number };
}

/** Replies over the whole stack: at 30 updates a second, and as many as it can with 100 chats talking at once. */
export async function chatOfProduct(): Promise<ChatFigures> {
  const bench = await startBench({ TELEGRAM_MESSAGES_PER_SECOND: '0' });
  try {
    return await measure(bench.stub, bench.child);
  } finally {
    await bench.close();
  }
}

/** The same stub, the same load, against bare grammY. */
export async function chatOfBareGrammy(): Promise<ChatFigures> {
  const stub = await telegramStub();
  const child = fork(join(import.meta.dirname, 'bareGrammy.ts'), [stub.url], { stdio: 'inherit' });
  await new Promise((resolve) => child.once('message', resolve));
  try {
    return await measure(stub, child);
  } finally {
    await ended(child);
    stub.close();
  }
}

async function measure(stub: TelegramStub, child: ChildProcess): Promise<ChatFigures> {
  for (let chat = 1; chat <= 100; chat += 1) await stub.say(chat, '/status');
  const took: number[] = [];
  const seconds = 10;
  const started = performance.now();
  const pending: Promise<void>[] = [];
  for (let index = 0; index < 30 * seconds; index += 1) {
    const wait = started + (index * 1000) / 30 - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    pending.push(stub.say(1 + (index % 100), '/status').then((ms) => void took.push(ms)));
  }
  await Promise.all(pending);

  let count = 0;
  const before = costs(child);
  const until = performance.now() + 8_000;
  await Promise.all(
    Array.from({ length: 100 }, async (_, chat) => {
      while (performance.now() < until) {
        await stub.say(chat + 1, '/status');
        count += 1;
      }
    }),
  );
  const after = costs(child);
  const cost = {
    bot: ((after.bot - before.bot) * 1000) / count,
    store: ((after.store - before.store) * 1000) / count,
  };
  return { p50: percentile(took, 0.5), p99: percentile(took, 0.99), sustained: count / 8, cost };
}

/** Processor time so far, in milliseconds, of the store and of everything else. */
function costs(child: ChildProcess): ChatFigures['cost'] {
  const sum = { bot: 0, store: 0 };
  for (const { script, cpu } of processTree(child.pid ?? 0))
    sum[script.endsWith('store/main.ts') ? 'store' : 'bot'] += cpu;
  return sum;
}
