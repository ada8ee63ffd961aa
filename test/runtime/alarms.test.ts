import { expect, test } from 'vitest';
import { outOfReach } from '../../proof/database/mongoError.ts';
import { makeVirtualDatabase } from '../../proof/database/virtualDatabase.ts';
import { makeVirtualTime } from '../../proof/world/virtualTime.ts';
import { makeAlarms } from '../../runtime/alarms.ts';
import { makeClock } from '../../runtime/clock.ts';

const start = 1_790_000_000_000;

const timer = { kind: 'deliver' as const, message: 'm', application: '' };

/** Alarms in virtual time, whose waking fails so the first times. */
function world(failures: Error[] = [], alone = true) {
  const time = makeVirtualTime(start);
  const clock = {
    ...makeClock(),
    now: time.now,
    real: time.now,
    after: time.after,
    soon: (work: () => void) => void time.after(0, work),
    sleep: (milliseconds: number) => new Promise<void>((resolve) => void time.after(milliseconds, resolve)),
  };
  const asked: string[] = [];
  const db = makeVirtualDatabase({}).through((operation, work) => {
    asked.push(operation);
    return Promise.resolve(work());
  });
  const at: number[] = [];
  const alarms = makeAlarms({
    db,
    clock,
    bell: { ring: () => Promise.resolve() },
    wake: () => {
      at.push(time.now() - start);
      const failure = failures.shift();
      return failure ? Promise.reject(failure) : Promise.resolve();
    },
    alone,
    log: () => undefined,
  });
  const run = (until: number) => time.run(start + until, () => false);
  const looks = () => asked.filter((operation) => operation === 'timers.find').length;
  return { db, alarms, at, run, looks };
}

/** When an alarm due at 1,000 ms was woken. */
async function woken(failures: Error[]): Promise<number[]> {
  const { alarms, at, run } = world(failures);
  const ordered = alarms.order([{ key: 'k', due: start + 1_000, timer }], 'c', 'e');
  await run(100);
  await ordered;
  await alarms.reconcile();
  await run(5_000);
  return at;
}

test('[X-06] a process alone looks at the alarms when what it has seen runs out; one of several each half minute', async () => {
  for (const [alone, looks] of [
    [true, 2],
    [false, 20],
  ] as const) {
    const one = world([], alone);
    for (let half = 0; half < 20; half += 1) {
      await one.run(half * 30_000);
      await one.alarms.patrol();
    }
    expect(one.looks()).toBe(looks);
  }
});

test('[X-06] alone: what is set near rings to the millisecond, what is set far after a look, and both without the bell', async () => {
  const { alarms, at, run } = world();
  await alarms.reconcile();
  for (const [key, due] of [
    ['near', 400_000],
    ['moved', 500_000],
    ['far', 900_000],
  ] as const)
    void alarms.order([{ key, due: start + due, timer }], 'c', key);
  await run(100_000);
  void alarms.order([{ key: 'moved', due: start + 950_000, timer }], 'c', 'later');
  for (let half = 4; half < 40; half += 1) {
    await run(half * 30_000);
    await alarms.patrol();
  }
  expect(at).toEqual([400_000, 900_000, 950_000]);
});

test('[X-06] alone: after something went wrong the next look asks, and finds what is due', async () => {
  const { db, alarms, at, run, looks } = world();
  await alarms.reconcile();
  const { find } = db.timers;
  Object.assign(db.timers, { find: () => ({ toArray: () => Promise.reject(new Error('a defect')) }) });
  void alarms.order([{ key: 'k', due: start + 1_000, timer }], 'c', 'e');
  await run(100);
  Object.assign(db.timers, { find });
  await alarms.patrol();
  await alarms.patrol();
  expect(looks()).toBe(2);
  await run(2_000);
  expect(at).toEqual([1_000]);
});

test('[X-06] an alarm that fell into an outage of the database is tried again soon enough not to be late itself', async () => {
  expect(await woken([outOfReach(), outOfReach()])).toEqual([1_000, 1_050, 1_100]);
  expect(await woken([new Error('a defect')])).toEqual([1_000, 1_250]);
});

test('[X-06] what a later decision ordered stands, whatever an earlier one does that another process is still at', async () => {
  const db = makeVirtualDatabase({}).through((_operation, work) => Promise.resolve(work()));
  const alarms = makeAlarms({
    db,
    clock: { ...makeClock(), after: () => () => undefined },
    bell: { ring: () => Promise.resolve() },
    wake: () => Promise.resolve(),
    alone: true,
    log: () => undefined,
  });
  const refusal = { kind: 'refusal' as const, application: 'a', at: 0 };
  const set = (due: number) => [{ key: 'k', due: start + due, timer: refusal }];
  const stands = async () => {
    const row = await db.timers.findOne({ _id: 'k' });
    return [row?.status, row && row.due - start];
  };
  await alarms.order(set(2_000), 'c', 'refused again', 3);
  await alarms.order([{ key: 'k' }], 'c', 'taken back', 2);
  expect(await stands()).toEqual(['armed', 2_000]);
  await alarms.order(set(1_000), 'c', 'refused', 1);
  expect(await stands()).toEqual(['armed', 2_000]);
  // The versions of a card it was joined to are others.
  await alarms.order(set(4_000), 'joined', 'carried', 1);
  expect(await stands()).toEqual(['armed', 4_000]);
  await alarms.order([{ key: 'k' }], 'joined', 'done', 2);
  expect(await stands()).toEqual(['cancelled', 4_000]);
});
