import { expect, test } from 'vitest';
import { outOfReach } from '../../proof/database/mongoError.ts';
import { makeVirtualDatabase } from '../../proof/database/virtualDatabase.ts';
import { makeVirtualTime } from '../../proof/world/virtualTime.ts';
import { makeAlarms } from '../../runtime/alarms.ts';
import { makeClock } from '../../runtime/clock.ts';

const start = 1_790_000_000_000;

/** When an alarm due at 1,000 ms was woken, its waking failing so the first times. */
async function woken(failures: Error[]): Promise<number[]> {
  const time = makeVirtualTime(start);
  const clock = {
    ...makeClock(),
    now: time.now,
    real: time.now,
    after: time.after,
    soon: (work: () => void) => void time.after(0, work),
    sleep: (milliseconds: number) => new Promise<void>((resolve) => void time.after(milliseconds, resolve)),
  };
  const db = makeVirtualDatabase({}).through((_operation, work) => Promise.resolve(work()));
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
    log: () => undefined,
  });
  const timer = { kind: 'deliver' as const, message: 'm', application: '' };
  const ordered = alarms.order([{ key: 'k', due: start + 1_000, timer }], 'c', 'e');
  await time.run(start + 100, () => false);
  await ordered;
  await alarms.reconcile();
  await time.run(start + 5_000, () => false);
  return at;
}

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
    log: () => undefined,
  });
  const timer = { kind: 'refusal' as const, application: 'a', at: 0 };
  const set = (due: number) => [{ key: 'k', due: start + due, timer }];
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
