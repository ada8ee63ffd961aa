import { createHash } from 'node:crypto';
import type { Database } from '../models/database.ts';
import { isDuplicate } from '../models/databaseErrors.ts';
import type { KeyRow } from '../models/rows.ts';

/** A writing request as the audit log keeps it. What was in it is kept only as a fingerprint. */
export interface WritingCall {
  /** The event's id: the same for a repetition with the same `Idempotency-Key`. */
  event: string;
  key: KeyRow;
  at: number;
  method: string;
  path: string;
  member: string | undefined;
  body: unknown;
}

/** Under what a request stands in the ledger. */
export function callKey(event: string): string {
  return `call:${event}`;
}

/**
 * Write a request down before it is carried out. Its row is also what an `Idempotency-Key` is remembered by.
 *
 * @returns `new`; `again` when it came before and may not have been carried out; `done` when it was;
 *   `other` when its `Idempotency-Key` belongs to a different request
 */
export async function recordCall(
  db: Database,
  { event, key, at, method, path, member, body }: WritingCall,
): Promise<'new' | 'again' | 'done' | 'other'> {
  const whole = JSON.stringify([method, path, member ?? '', body ?? {}]);
  const print = createHash('sha256').update(whole).digest('hex').slice(0, 32);
  const params = { method, path, print, ...(member !== undefined && { member }) };
  try {
    await db.ledger.insertOne({
      _id: callKey(event),
      kind: 'fact',
      at,
      what: 'apiCall',
      by: `key:${key.name}`,
      params,
    });
    return 'new';
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  const before = (await db.ledger.findOne({ _id: callKey(event) }))?.params ?? {};
  if (before.print !== print) return 'other';
  return Number(before.status) < 300 ? 'done' : 'again';
}

/** How a request ended. One that was carried out stays so, whatever its repetitions were answered. */
export async function recordOutcome(
  db: Database,
  event: string,
  status: number,
  code: string | undefined,
): Promise<void> {
  await db.ledger.updateOne(
    { _id: callKey(event) },
    { $set: { 'params.status': status, ...(code !== undefined && { 'params.code': code }) } },
  );
}
