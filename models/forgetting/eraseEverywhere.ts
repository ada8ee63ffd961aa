import type { Trace } from '../../flows/forgetting/forgotten.ts';
import type { Database } from '../database.ts';
import { personalData } from './personalData.ts';

/** Delete what stands of a person beside their card. Safe to repeat from the beginning. */
export async function eraseEverywhere(db: Database, trace: Trace, event: string): Promise<void> {
  for (const place of Object.values(personalData)) if ('erase' in place) await place.erase(db, trace, event);
}
