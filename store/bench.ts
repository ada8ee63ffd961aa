import { spawn } from 'node:child_process';
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { clock } from './clock.ts';

/** Measures the store beside its floor of the same run: the driver's ping, and fsync in groups. `node store/bench.ts` */
const folder = mkdtempSync(join(tmpdir(), 'store-bench-'));
const child = spawn(process.execPath, [new URL('main.ts', import.meta.url).pathname, '--data', folder], {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
const uri = await new Promise<string>((resolve) => {
  child.once('message', (message) =>
    resolve(typeof message === 'object' && message && 'uri' in message ? String(message.uri) : ''),
  );
});
const client = await MongoClient.connect(uri, { maxPoolSize: 16, minPoolSize: 16 });
const db = client.db('bench');

/** Operations a second with so many in flight. */
async function rate(
  inFlight: number,
  total: number,
  operation: (n: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < total) await operation(next++);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  next = 0;
  const from = clock.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  return (total / Math.max(1, clock.now() - from)) * 1000;
}

async function ms(operation: () => Promise<unknown>, times = 20): Promise<number> {
  const from = clock.now();
  for (let n = 0; n < times; n += 1) await operation();
  return (clock.now() - from) / times;
}

const print = (name: string, ours: string, floor = '', ratio = ''): boolean =>
  process.stdout.write(`${name.padEnd(46)}${ours.padStart(14)}${floor.padStart(14)}${ratio.padStart(8)}\n`);
const against = (name: string, ours: number, floor: number): boolean =>
  print(name, `${Math.round(ours)}/s`, `${Math.round(floor)}/s`, (ours / floor).toFixed(2));
const resident = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024;

print('what', 'ours', 'floor', 'ratio');
const file = openSync(join(folder, 'floor'), 'w');
const fsyncs = await rate(1, 200, () =>
  Promise.resolve(writeSync(file, 'x'.repeat(4096)) && fsyncSync(file)),
);
closeSync(file);
print('fsync of 4 KB', '', `${Math.round(fsyncs)}/s`);

const docs = db.collection<{ _id: number; key: string; n: number; text: string }>('docs');
const from = clock.now();
for (let n = 0; n < 100_000; n += 10_000) {
  const made = Array.from({ length: 10_000 }, (_, at) => ({
    _id: n + at,
    key: `k${n + at}`,
    n: at,
    text: 'x'.repeat(270),
  }));
  await docs.insertMany(made);
}
print('load 100,000 documents of 340 bytes', `${clock.now() - from} ms`, '3000 ms');
print('memory of the process then', `${Math.round(resident())} MB`, '350 MB');
await docs.createIndex({ key: 1 }, { unique: true });

for (const inFlight of [1, 16]) {
  const ping = await rate(inFlight, 4000, () => db.command({ ping: 1 }));
  against(
    `findOne by _id, ${inFlight} in flight (aim 0.8)`,
    await rate(inFlight, 4000, (n) => docs.findOne({ _id: n })),
    ping,
  );
  against(
    `findOne by unique key, ${inFlight} in flight (aim 0.8)`,
    await rate(inFlight, 4000, (n) => docs.findOne({ key: `k${n}` })),
    ping,
  );
  const insert = await rate(inFlight, 4000, () =>
    db.collection('inserted').insertOne({ a: 1, text: 'x'.repeat(200) }),
  );
  against(`insertOne, ${inFlight} in flight (aim 0.6 at 16)`, insert, ping);
  const modify = await rate(inFlight, 4000, (n) => docs.findOneAndUpdate({ _id: n }, { $inc: { n: 1 } }));
  against(`findOneAndUpdate, ${inFlight} in flight (aim 0.6 at 16)`, modify, ping);
}
const big = db.collection<{ _id: number; version: number; history: unknown[] }>('big');
const history = Array.from({ length: 100 }, (_, n) => ({
  at: n,
  kind: 'interviewConfirmed',
  text: 'y'.repeat(150),
}));
await big.insertMany(Array.from({ length: 500 }, (_, n) => ({ _id: n, version: 0, history })));
const ping16 = await rate(16, 4000, () => db.command({ ping: 1 }));
against(
  'findOneAndUpdate of 20 KB, 16 in flight',
  await rate(16, 2000, (n) =>
    big.findOneAndUpdate({ _id: n % 500 }, { $inc: { version: 1 }, $set: { 'history.3.text': `v${n}` } }),
  ),
  ping16,
);
const ids = Array.from({ length: 1000 }, (_, n) => n * 97);
print(
  '$in of 1,000 ids (aim 10 ms)',
  `${(await ms(() => docs.find({ _id: { $in: ids } }).toArray())).toFixed(1)} ms`,
);

const jobs = db.collection('agendaJobs');
await jobs.createIndexes([
  { key: { name: 1, nextRunAt: 1, priority: -1, lockedAt: 1, disabled: 1 } },
  { key: { name: 1, lockedAt: 1 } },
]);
const later = clock.now() + 1e9;
let have = 0;
for (const size of [100, 10_000, 100_000]) {
  const made = Array.from({ length: size - have }, (_, n) => ({
    name: 'reminder',
    nextRunAt: at(later + n),
    priority: 0,
    lockedAt: null,
    disabled: null,
  }));
  for (let n = 0; n < made.length; n += 10_000) await jobs.insertMany(made.slice(n, n + 10_000));
  have = size;
  const due = { lockedAt: { $eq: null }, nextRunAt: { $lte: at(clock.now()) } };
  const query = {
    name: 'reminder',
    disabled: { $ne: true },
    $or: [due, { lockedAt: { $lte: at(clock.now() - 600_000) } }],
  };
  const lock = (): Promise<unknown> =>
    jobs.findOneAndUpdate(
      query,
      { $set: { lockedAt: at(clock.now()) } },
      { sort: { nextRunAt: 1, priority: -1 } },
    );
  print(`Agenda's lock query among ${size} jobs`, `${(await ms(lock, 200)).toFixed(2)} ms`);
}
await client.close();
child.disconnect();
rmSync(folder, { recursive: true, force: true });

function at(time: number): Date {
  return clock.dateOf(time);
}
