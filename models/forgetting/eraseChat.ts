import type { Place } from '../../flows/channels.ts';
import type { Database } from '../database.ts';

/** What is remembered of a chat so that its next answer is understood, and may be written. */
export async function eraseChat(
  db: Pick<Database, 'choices' | 'windows'>,
  { channel, address }: Place,
): Promise<void> {
  const _id = `${channel}:${address}`;
  await db.choices.deleteOne({ _id });
  await db.windows.deleteOne({ _id });
}
