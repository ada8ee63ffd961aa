import { clock } from '../clock.ts';
import { StoreError } from '../storeError.ts';
import { blob, type Database } from '../storage/database.ts';
import { Doc, Raw } from '../values/value.ts';
import { writeBson } from '../values/writeBson.ts';
import { type Input } from './command.ts';

/** Sessions end after half an hour without use; their last reply is kept longer than that. */
const KEEP_MS = 3_600_000;

/**
 * Runs a write once per session and `txnNumber`: the reply is kept in the same transaction as the write, so that a
 * retry after a lost answer, or after a crash, gets the first reply again.
 * https://www.mongodb.com/docs/manual/core/retryable-writes/
 *
 * @throws StoreError 225 for a number older than the session's last
 */
export function retried(database: Database, input: Input, run: () => Doc): Doc {
  const number = input.body.get('txnNumber');
  if (number === undefined) return run();
  const id = input.doc('lsid')?.get('id');
  if (!(id instanceof Raw) || typeof number !== 'bigint')
    throw new StoreError(72, 'Transaction number requires a session id and a long');
  const row = database.statement('SELECT number, reply FROM retries WHERE session = ?').get(id.bytes);
  if (row && BigInt(Number(row[0])) === number) return new Doc(blob(row[1]));
  if (row && BigInt(Number(row[0])) > number)
    throw new StoreError(225, `Retryable write with txnNumber ${number} is older than the session's last`);
  const { changes } = database;
  const reply = run();
  // What changed nothing may be done again, and is spared the fsync.
  if (database.changes === changes) return reply;
  database
    .change('INSERT OR REPLACE INTO retries VALUES (?, ?, ?, ?)')
    .run(id.bytes, number, writeBson(reply), clock.now());
  return reply;
}

/** Forgets sessions that have ended. */
export function forgetSessions(database: Database, now: number): void {
  const old = database.statement('SELECT count(*) FROM retries WHERE used < ?').get(now - KEEP_MS);
  if (Number(old?.[0]) > 0) database.change('DELETE FROM retries WHERE used < ?').run(now - KEEP_MS);
}
