import type { Application } from '../flows/candidate.ts';
import type { Database } from '../models/database.ts';

/** Which messages of an application's last act have left, or are leaving: it cannot be taken back any more. */
export async function messagesLeft(
  db: Pick<Database, 'ledger'>,
  application: Pick<Application, 'undo'> | undefined,
): Promise<string[]> {
  const messages = application?.undo?.was?.messages ?? [];
  if (messages.length === 0) return [];
  const rows = await db.ledger.find({ _id: { $in: messages } }).toArray();
  return rows.filter(({ status }) => status !== 'pending' && status !== 'superseded').map(({ _id }) => _id);
}
