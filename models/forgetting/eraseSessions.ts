import type { Trace } from '../../flows/forgetting/forgotten.ts';
import type { Database } from '../database.ts';

/** What a member was in the middle of, where it names the person: a search, a list, a wizard. */
export async function eraseSessions(
  db: Pick<Database, 'sessions'>,
  { cards, applications, words }: Trace,
): Promise<void> {
  const marks = [...cards, ...applications, ...words];
  // One for each member and kind: few.
  for (const { _id, value } of await db.sessions.find().toArray()) {
    const said = JSON.stringify(value);
    if (marks.some((mark) => said.includes(mark))) await db.sessions.deleteOne({ _id });
  }
}
