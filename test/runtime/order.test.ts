import { describe, expect, test } from 'vitest';
import { makeVirtualDatabase } from '../../proof/database/virtualDatabase.ts';
import { outOfReach } from '../../proof/database/mongoError.ts';
import { makeClock } from '../../runtime/clock.ts';
import { makeInbox } from '../../runtime/makeInbox.ts';
import { makeLanes } from '../../runtime/lanes.ts';

/** An inbox of one of several processes over a database in memory. */
function start(options: { apart?: boolean; fail?: (operation: string) => 'after' | undefined } = {}) {
  const database = makeVirtualDatabase({});
  let millisecond = 1_790_000_000_000;
  const inboxOf = (owner: string, worked: string[], off = 0) => {
    // Between processes only milliseconds tell what came first.
    const real = () => (options.apart ? (millisecond += 1) : Date.now() + off);
    const clock = { ...makeClock(), real, sleep: () => Promise.resolve() };
    const db = database.through((operation, work) => {
      const result = work();
      return options.fail?.(operation) === 'after' ? Promise.reject(outOfReach()) : Promise.resolve(result);
    });
    const lanes = makeLanes(db, clock, owner, false);
    const work = ({ _id }: { _id: string }) => Promise.resolve(void worked.push(_id));
    return makeInbox({ db, clock, lanes, alone: false, work, log: () => undefined });
  };
  return { database, inboxOf };
}

const update = (number: number) => ({
  id: `tg:1:${number}`,
  lane: 'tg:9',
  channel: 'telegram' as const,
  update: {},
});
const idle = async (inbox: { size(): number }) => {
  while (inbox.size() > 0) await new Promise((resolve) => setImmediate(resolve));
};

describe('the order of a lane', () => {
  test('[X-06] a clock that went back makes no lease good again that ran out before', async () => {
    const db = makeVirtualDatabase({}).through((_operation, work) => Promise.resolve(work()));
    let now = 1_790_000_000_000;
    const clock = { ...makeClock(), real: () => now };
    const [one, other] = ['a', 'b'].map((owner) => makeLanes(db, clock, owner, false));
    expect(await one?.hold('tg:9')).toBe(true);
    now += 10_000;
    expect([await other?.hold('tg:9'), await one?.hold('tg:9')]).toEqual([true, false]);
    expect(await one?.hold('tg:10')).toBe(true);
    now += 10_000;
    expect([await other?.hold('tg:10'), await one?.hold('tg:8')]).toEqual([true, true]);
    now -= 3_600_000;
    expect(await one?.hold('tg:10')).toBe(false);
  });

  test('[X-06] a thousand of one millisecond keep their order: it fits a double', async () => {
    const { database, inboxOf } = start();
    const inbox = inboxOf('a', []);
    await inbox.receive(Array.from({ length: 1_000 }, (_, index) => update(index)));
    const seqs = [...database.memory.inbox.all()].map(({ seq }) => Number(seq));
    expect(new Set(seqs).size).toBe(1_000);
    expect(seqs.every((seq) => Number.isSafeInteger(seq))).toBe(true);
    expect([...seqs].sort((a, b) => a - b)).toEqual(seqs);
    await idle(inbox);
  });

  test('[X-06] stored by an attempt whose answer was lost, an event is worked at once, before those behind it', async () => {
    let failures = 1;
    const worked: string[] = [];
    const { inboxOf } = start({
      fail: (operation) => (operation === 'inbox.insertMany' && failures-- > 0 ? 'after' : undefined),
    });
    const inbox = inboxOf('a', worked);
    await inbox.receive([update(1), update(2)]);
    await inbox.receive([update(3)]);
    await idle(inbox);
    expect(worked).toEqual(['tg:1:1', 'tg:1:2', 'tg:1:3']);
  });

  test('[X-06] what is kept behind something slow is not worked before it after a crash', async () => {
    const database = makeVirtualDatabase({});
    const db = database.through((_operation, work) => Promise.resolve(work()));
    const clock = makeClock();
    const worked: string[] = [];
    const inboxOf = (owner: string, work: (id: string) => Promise<void>) =>
      makeInbox({
        db,
        clock,
        lanes: makeLanes(db, clock, owner, true),
        alone: true,
        work: ({ _id }) => work(_id),
        log: () => undefined,
      });
    // The first hangs in a slow database, and its process dies of it.
    const dying = inboxOf('a', () => new Promise(() => undefined));
    void dying.receive([update(1)]);
    await dying.receive([update(2)]);
    const next = inboxOf('b', (id) => Promise.resolve(void worked.push(id)));
    await next.recover();
    await next.receive([update(1), update(2)]);
    await idle(next);
    expect(worked).toEqual(['tg:1:1', 'tg:1:2']);
  });

  test('[X-06] what was being kept when its work ended does not wait in the inbox for the next start', async () => {
    const database = makeVirtualDatabase({});
    const [kept, worked] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const db = database.through(async (operation, work) => {
      if (operation === 'inbox.insertMany') await kept.promise;
      return work();
    });
    // Whoever waits behind it has waited long enough at once.
    const clock = { ...makeClock(), after: (_time: number, work: () => void) => (work(), () => undefined) };
    const work = ({ _id }: { _id: string }) => (_id === 'tg:1:1' ? worked.promise : Promise.resolve());
    const lanes = makeLanes(db, clock, 'a', true);
    const inbox = makeInbox({ db, clock, lanes, alone: true, work, log: () => undefined });
    const turns = async () => {
      for (let rounds = 0; rounds < 20; rounds += 1) await new Promise((resolve) => setImmediate(resolve));
    };
    const first = inbox.receive([update(1)]);
    await turns();
    const second = inbox.receive([update(2)]);
    worked.resolve(undefined);
    await turns();
    kept.resolve(undefined);
    await Promise.all([first, second]);
    await idle(inbox);
    expect([...database.memory.inbox.all()].map(({ _id, status }) => [_id, status])).toEqual([
      ['tg:1:1', 'done'],
      ['tg:1:2', 'done'],
    ]);
  });

  test('[X-06] what another process took in for our lane comes before what we take in later', async () => {
    const worked: string[] = [];
    const { inboxOf } = start({ apart: true });
    const [ours, theirs] = [inboxOf('a', worked), inboxOf('b', worked)];
    await ours.receive([update(1)]);
    await idle(ours);
    await theirs.receive([update(2)]);
    await idle(theirs);
    expect(worked).toEqual(['tg:1:1']);
    await ours.receive([update(3)]);
    await idle(ours);
    expect(worked).toEqual(['tg:1:1', 'tg:1:2', 'tg:1:3']);
  });

  test('[X-06] where the channel counts, its numbers are the order, not the clocks of the processes', async () => {
    const worked: string[] = [];
    const { inboxOf } = start();
    const [ours, theirs] = [inboxOf('a', worked, -3_600_000), inboxOf('b', worked)];
    const numbered = (number: number) => ({ ...update(number), number });
    await ours.receive([numbered(1)]);
    await idle(ours);
    // Theirs is the later one and the clock that is ahead.
    await theirs.receive([numbered(3), numbered(2)]);
    await idle(theirs);
    await ours.receive([numbered(4)]);
    await idle(ours);
    expect(worked).toEqual(['tg:1:1', 'tg:1:2', 'tg:1:3', 'tg:1:4']);
  });
});
