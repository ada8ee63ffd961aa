import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Document, MongoClient } from 'mongodb';
import { clock } from './clock.ts';

/**
 * Measures the store beside its floors of the same run, the driver's ping and fsync, in rounds that take turns, and
 * prints medians. `npm run bench:store`
 */
const ROUNDS = 9;
/** Milliseconds that an operation is repeated for in one round. */
const A_ROUND = 200;
let operations = 0;
const folder = mkdtempSync(join(tmpdir(), 'store-bench-'));
type Operation = (n: number) => Promise<unknown>;

async function start(data: string): Promise<{ child: ChildProcess; client: MongoClient }> {
  const child = fork(join(import.meta.dirname, 'main.ts'), ['--data', data], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--max-semi-space-size=16'],
  });
  const uri = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the store did not start')));
    child.once('message', (message) =>
      resolve(typeof message === 'object' && 'uri' in message ? String(message.uri) : ''),
    );
  });
  return { child, client: await MongoClient.connect(uri, { maxPoolSize: 16, minPoolSize: 16 }) };
}

/** Operations a second with so many in flight. */
async function rate(inFlight: number, operation: Operation): Promise<number> {
  const [first, from] = [operations, performance.now()];
  const worker = async (): Promise<void> => {
    while (performance.now() - from < A_ROUND) await operation(operations++ % 100_000);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return ((operations - first) / (performance.now() - from)) * 1000;
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Median milliseconds of one operation, the first ones left out. */
async function ms(operation: () => Promise<unknown>, times: number): Promise<string> {
  const taken: number[] = [];
  for (let n = 0; n < times * 1.5; n += 1) {
    const from = performance.now();
    await operation();
    taken.push(performance.now() - from);
  }
  return `${median(taken.slice(-times)).toFixed(2)} ms`;
}

const print = (...[name = '', ...columns]: string[]): boolean =>
  process.stdout.write(`${name.padEnd(44)}${columns.map((column) => column.padStart(12)).join('')}\n`);
const perSecond = (value: number): string => `${Math.round(value)}/s`;

/** Each operation in each round, in turn; the first round warms up. Ratios are those within a round. */
async function inTurn(inFlight: number, fsyncs: number, turns: Record<string, Operation>): Promise<void> {
  const rounds: Record<string, number>[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const measured: Record<string, number> = {};
    for (const [name, operation] of Object.entries(turns)) measured[name] = await rate(inFlight, operation);
    if (round > 0) rounds.push(measured);
  }
  print(`${inFlight} in flight`, 'median', 'x ping', 'x fsync');
  const against = (name: string): string =>
    median(rounds.map((round) => (round[name] ?? NaN) / (round.ping ?? NaN))).toFixed(2);
  for (const name of Object.keys(turns)) {
    const own = median(rounds.map((round) => round[name] ?? NaN));
    const group = name.startsWith('insertOne') ? (own / (fsyncs * inFlight)).toFixed(2) : '';
    print(`  ${name}`, perSecond(own), against(name), group);
  }
}

const text = (length: number): string => 'x'.repeat(length);
const made = (count: number, make: (n: number) => Document): Document[] =>
  Array.from({ length: count }, (_, n) => make(n));
const { child, client } = await start(join(folder, 'data'));
const db = client.db('bench');
const docs = db.collection('docs');

const file = openSync(join(folder, 'fsync'), 'w');
const fsyncs = await rate(1, () => Promise.resolve(writeSync(file, text(4096)) && fsyncSync(file)));
closeSync(file);
print('fsync of 4 KB (of a group: times the group)', perSecond(fsyncs));

const from = clock.now();
for (let n = 0; n < 100_000; n += 10_000)
  await docs.insertMany(made(10_000, (at) => ({ _id: n + at, key: `k${n + at}`, n: at, text: text(270) })));
const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
print('100,000 documents of 340 bytes are loaded in', `${clock.now() - from} ms`, 'aim 3000');
print('memory of the process then', `${Math.round(Number(resident) / 1024)} MB`, 'aim 350');
await docs.createIndex({ key: 1 }, { unique: true });

const big = db.collection('big');
const history = made(100, (at) => ({ at, kind: 'interviewConfirmed', text: text(150) }));
await big.insertMany(made(500, (n) => ({ _id: n, version: 0, history })));
const id = (n: number): Document => ({ _id: n });
for (const inFlight of [1, 16])
  await inTurn(inFlight, fsyncs, {
    ping: () => db.command({ ping: 1 }),
    'findOne by _id (aim 0.8 x ping)': (n) => docs.findOne(id(n)),
    'findOne by unique key (aim 0.8 x ping)': (n) => docs.findOne({ key: `k${n}` }),
    'insertOne (aim 0.6 x ping at 16)': () => db.collection('rows').insertOne({ a: 1, text: text(200) }),
    'findOneAndUpdate (aim 0.6 x ping at 16)': (n) => docs.findOneAndUpdate(id(n), { $inc: { n: 1 } }),
    'findOneAndUpdate of 20 KB': (n) =>
      big.findOneAndUpdate(id(n % 500), { $inc: { version: 1 }, $set: { 'history.3.text': `v${n}` } }),
  });

const ids = made(1000, (n) => id(n * 97)).map(({ _id }) => Number(_id));
print(
  '$in of 1,000 ids (aim 10 ms)',
  await ms(() => docs.find({ _id: { $in: ids } } as Document).toArray(), 40),
);

const jobs = db.collection('agendaJobs');
await jobs.createIndexes([
  { key: { name: 1, nextRunAt: 1, priority: -1, lockedAt: 1, disabled: 1 } },
  { key: { name: 1, lockedAt: 1 } },
]);
const at = (time: number): Date => clock.dateOf(clock.now() + time);
const job = { name: 'reminder', priority: 0, lockedAt: null, disabled: null };
let have = 0;
for (const size of [100, 10_000, 100_000]) {
  for (; have < size; have += Math.min(10_000, size - have))
    await jobs.insertMany(made(Math.min(10_000, size - have), (n) => ({ ...job, nextRunAt: at(1e9 + n) })));
  const lock = (): Promise<unknown> =>
    jobs.findOneAndUpdate(
      {
        name: 'reminder',
        disabled: { $ne: true },
        $or: [{ lockedAt: { $eq: null }, nextRunAt: { $lte: at(0) } }, { lockedAt: { $lte: at(-600_000) } }],
      },
      { $set: { lockedAt: at(0) } },
      { sort: { nextRunAt: 1, priority: -1 } },
    );
  print(`Agenda's lock query among ${size} jobs (aim 1 ms)`, await ms(lock, 200));
}
await client.close();
child.disconnect();
rmSync(folder, { recursive: true, force: true });
