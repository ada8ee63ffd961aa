import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { outOfReach } from '../../proof/database/mongoError.ts';
import { makeVirtualDatabase } from '../../proof/database/virtualDatabase.ts';
import { makeClock } from '../../runtime/clock.ts';
import { makeOutbox } from '../../runtime/makeOutbox.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { loadWords } from '../../runtime/words.ts';

const words = loadWords(join(import.meta.dirname, '../../locales'));
const notHere = () => Promise.reject(new Error('not asked for here'));

/** An outbox over a database in memory; `lost`: the answer to which claim does not arrive. */
async function outboxWith(lost: { claim: number; side: 'before' | 'after' }, alone = true) {
  const database = makeVirtualDatabase({});
  const marked = Promise.withResolvers<undefined>();
  let claims = 0;
  const db = database.through(async (operation, work) => {
    if (operation === 'ledger.bulkWrite') await marked.promise;
    const fails = operation === 'ledger.updateOne' && (claims += 1) === lost.claim;
    if (fails && lost.side === 'before') throw outOfReach();
    const result = work();
    if (fails) throw outOfReach();
    return result;
  });
  let sent = 0;
  const send = () => Promise.resolve({ outcome: 'sent' as const, messageId: String((sent += 1)) });
  const clock = { ...makeClock(), sleep: () => Promise.resolve() };
  const outbox = makeOutbox({
    db,
    clock,
    words,
    channels: { telegram: { send } },
    policy: defaultPolicy,
    reader: notHere as never,
    desk: notHere as never,
    views: () => ({}),
    forgetting: notHere,
    unreached: notHere,
    wakeAt: notHere,
    doubtAt: notHere,
    owner: 'a',
    alone,
    log: () => undefined,
  });
  const channels = [{ channel: 'telegram' as const, address: '5' }];
  await db.candidates.insertOne({ ...newCandidate('petr', defaultPolicy, 0), channels });
  const row = {
    _id: 'row',
    kind: 'out' as const,
    at: 0,
    candidate: 'petr',
    to: { candidate: 'petr' },
    message: { key: 'candidate.passedOn' },
    status: 'pending' as const,
    prompt: true,
  };
  await db.ledger.insertOne(row);
  const change = (fields: object) => db.ledger.updateMany({ _id: 'row' }, { $set: fields });
  const status = () => database.memory.ledger.get('row')?.status;
  const idle = async () => {
    for (let rounds = 0; rounds < 50; rounds += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return { outbox, db, row, change, status, idle, marked: () => marked.resolve(undefined), sent: () => sent };
}

test.each(['before', 'after'] as const)(
  '[X-06] given twice, by its alarm and by a start, a message leaves once, even when the second claim is lost %s it was made',
  async (side) => {
    const { outbox, row, status, idle, marked, sent } = await outboxWith({ claim: 2, side });
    outbox.deliver({ ...row });
    outbox.deliver({ ...row });
    // That it was sent is not written yet: the chat does not wait for it.
    await idle();
    expect(status()).toBe('sending');
    marked();
    await idle();
    expect([sent(), status()]).toEqual([1, 'sent']);
  },
);

test.each(['before', 'after'] as const)('[X-06] a claim lost %s it was made is made again', async (side) => {
  const { outbox, row, status, idle, marked, sent } = await outboxWith({ claim: 1, side });
  marked();
  outbox.deliver({ ...row });
  await idle();
  expect([sent(), status()]).toEqual([1, 'sent']);
});

test.each([
  [1_000, 'silent', 'sending'],
  [61_000, 'silent', 'uncertain'],
  [600_000, 'there', 'sending'],
] as const)(
  '[X-06] of several processes, what another began to send is left to it for a minute, or while it is there: due %i ms ago, %s, it is %s',
  async (ago, other, expected) => {
    const { outbox, db, change, status, idle, marked } = await outboxWith(
      { claim: 0, side: 'before' },
      false,
    );
    marked();
    await db.processes.insertOne({ _id: 'b', until: Date.now() + (other === 'there' ? 60_000 : -1) });
    // Ordered long before it was due.
    await change({ status: 'sending', owner: 'b', at: 0, notBefore: Date.now() - ago });
    await outbox.recover();
    await idle();
    expect(status()).toBe(expected);
  },
);
