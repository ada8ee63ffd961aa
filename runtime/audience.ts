import type { Audience, AudienceGroup, Broadcast } from '../flows/broadcasts/broadcast.ts';
import type { Candidate } from '../flows/candidate.ts';
import { builtInStages, isOpen } from '../flows/pipelines/stages.ts';
import type { Database } from '../models/database.ts';
import type { LedgerRow } from '../models/rows.ts';

const over = builtInStages.filter((stage) => !isOpen(stage));

/** Who a broadcast would go to now: who fits, consented and did not opt out. */
function audienceFilter({ vacancy, group, city }: Audience, ads: boolean): object {
  const application = { ...(vacancy && { vacancy }), ...(group && { stage: stagesOf(group) }) };
  return {
    consent: { $exists: true },
    stopped: { $ne: true },
    blacklisted: { $exists: false },
    noBroadcasts: { $exists: false },
    ...(ads && { adsConsent: { $exists: true } }),
    ...(city && { city: { $regex: `^${city.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, $options: 'i' } }),
    ...(Object.keys(application).length > 0 && { applications: { $elemMatch: application } }),
  };
}

function stagesOf(group: AudienceGroup): object | string {
  if (group === 'reserve') return 'reserve';
  return group === 'ended' ? { $in: over.filter((stage) => stage !== 'reserve') } : { $nin: over };
}

export function countAudience(db: Database, audience: Audience, ads: boolean): Promise<number> {
  return db.candidates.countDocuments(audienceFilter(audience, ads));
}

export async function readAudience(db: Database, audience: Audience, ads: boolean): Promise<string[]> {
  const cursor = db.candidates
    .find<Pick<Candidate, '_id'>>(audienceFilter(audience, ads), { projection: { _id: 1 } })
    .sort({ _id: 1 });
  return (await cursor.toArray()).map(({ _id }) => _id);
}

/** What became of a broadcast's messages, by their state in the ledger. */
export async function broadcastResults(
  db: Database,
  { _id: broadcast, people = [] }: Broadcast,
): Promise<Record<'sent' | 'waiting' | 'failed' | 'skipped' | 'optedOut', number>> {
  const count = (status: NonNullable<LedgerRow['status']>[]) =>
    db.ledger.countDocuments({ broadcast, status: { $in: status } });
  const [sent, waiting, failed, total, optedOut] = await Promise.all([
    count(['sent']),
    count(['pending', 'sending']),
    count(['failed', 'uncertain', 'superseded']),
    db.ledger.countDocuments({ broadcast }),
    db.candidates.countDocuments({ _id: { $in: people }, noBroadcasts: { $exists: true } }),
  ]);
  return { sent, waiting, failed, skipped: Math.max(people.length - total, 0), optedOut };
}
