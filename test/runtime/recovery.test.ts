import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import type { LedgerRow } from '../../models/rows.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { eventually } from '../support/eventually.ts';
import { worldsOverOneStore } from '../support/worldsOverOneStore.ts';

const at = Date.UTC(2026, 10, 24, 9);
const later = at + 3_600_000;
const world = worldsOverOneStore(at);

const row = (_id: string, more: Partial<LedgerRow> = {}): LedgerRow => ({
  _id,
  kind: 'out',
  at: at - 60_000,
  candidate: 'anna',
  to: { candidate: 'anna' },
  message: { key: 'candidate.passedOn' },
  status: 'pending',
  prompt: true,
  ...more,
});

describe('what a start takes up again', () => {
  test('[X-06] a message that is due leaves, however many wait for their time before it; those keep their alarms', async () => {
    const { db, close } = await world();
    const waiting = Array.from({ length: 5_200 }, (_, index) => row(`late:${index}`, { notBefore: later }));
    await db.candidates.insertOne({
      ...newCandidate('anna', defaultPolicy, at),
      channels: [{ channel: 'telegram', address: '700' }],
    });
    await db.ledger.insertMany([...waiting, row('due', { at: at - 1_000 })]);
    const timer = (message: string) => ({ kind: 'deliver' as const, message, application: '' });
    await db.timers.insertMany(
      waiting.slice(1).map(({ _id }) => ({
        _id: `deliver:${_id}`,
        candidate: 'anna',
        due: later,
        timer: timer(_id),
        status: 'armed',
        version: 1,
      })),
    );
    await close();

    const next = await world();
    await eventually(
      () => next.db.ledger.findOne({ _id: 'due' }),
      (found) => found?.status === 'sent',
      8_000,
    );
    // The process before died between its row and its alarm.
    const alarm = await eventually(
      () => next.db.timers.findOne({ _id: 'deliver:late:0' }),
      (found) => found?.status === 'armed',
      8_000,
    );
    expect(alarm?.due).toBe(later);
    expect(next.sent.map(({ to }) => to)).toEqual(['700']);
    expect(await next.db.timers.countDocuments({ version: 1, 'timer.kind': 'deliver', due: later })).toBe(
      5_200,
    );
  });
});
