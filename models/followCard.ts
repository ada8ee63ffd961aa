import type { Candidate } from '../flows/candidate.ts';
import type { Database } from './database.ts';

/**
 * The card that has this id, or the one it was joined to, however often. While two are being joined or parted it is
 * the younger one with its chats, wherever it stands just then.
 */
export async function followCard(
  db: Pick<Database, 'candidates'>,
  id: string,
): Promise<Candidate | undefined> {
  const card = (await db.candidates.findOne({ _id: id })) ?? undefined;
  if (!card?.merged) return card;
  const { phase, channels, into } = card.merged;
  if (phase === 'joining') return { ...card, channels };
  const elder = await followCard(db, into);
  return elder?.handing?.to === id ? elder.handing.person : elder;
}
