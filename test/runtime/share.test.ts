import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import { makePace } from '../../runtime/makePace.ts';
import { makeShare } from '../../runtime/makeShare.ts';
import { eventually } from '../support/eventually.ts';
import { handClock } from '../support/handClock.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';

let store: OwnDatabase;
let db: Database;

beforeAll(async () => {
  store = await ownDatabase();
  db = await openDatabase(store.uri);
});
afterAll(async () => {
  await db.close();
});

test('[X-09] several processes share a limit: whoever comes starts at once, and sends when the others have made room', async () => {
  const hand = handClock();
  const every = (milliseconds: number, work: () => void): (() => void) => {
    let stop = hand.after(milliseconds, () => {
      work();
      stop = every(milliseconds, work);
    });
    return () => stop();
  };
  const clock: Pick<Clock, 'real' | 'after' | 'every' | 'sleep'> = { ...hand, every };
  const open = (owner: string) =>
    makeShare({ db, clock, owner, log: (line) => expect(line).toBeUndefined() });
  const [first, second] = [open('first'), open('second')];
  const pace = makePace(clock, { perSecond: 30, chatGap: () => 0, share: second.now });

  await first.start();
  expect(first.now()).toEqual({ index: 0, of: 1 });
  await second.start();
  expect(pace.free('somebody')).toBe(false);
  await hand.runTo(clock.real() + 600);
  await eventually(
    async () => first.now().of,
    (of) => of === 2,
  );
  expect(pace.free('somebody')).toBe(false);
  await hand.runTo(clock.real() + 1_500);
  await eventually(
    async () => second.now(),
    ({ index, of }) => index === 1 && of === 2,
  );
  expect(pace.free('somebody')).toBe(true);

  await first.stop();
  await hand.runTo(clock.real() + 600);
  await eventually(
    async () => second.now().of,
    (of) => of === 1,
  );
  await second.stop();
});
