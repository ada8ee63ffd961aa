import type { Application } from '../flows/candidate.ts';
import type { Database } from '../models/database.ts';
import type { LedgerRow } from '../models/rows.ts';

/** One that failed told nobody anything: what was done can be taken back still. */
const gone = new Set<LedgerRow['status']>(['sending', 'sent', 'uncertain']);

/** Which messages of an application's last act have left, or are leaving: it cannot be taken back any more. */
export async function messagesLeft(
  db: Pick<Database, 'ledger'>,
  application: Pick<Application, 'undo'> | undefined,
): Promise<string[]> {
  const messages = application?.undo?.was?.messages ?? [];
  if (messages.length === 0) return [];
  const rows = await db.ledger.find({ _id: { $in: messages } }).toArray();
  return rows.filter(({ status }) => gone.has(status)).map(({ _id }) => _id);
}
