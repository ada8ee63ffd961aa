import { sourceNames } from '../flows/sites/sourceNames.ts';
import type { Database } from './database.ts';
import type { FoundRow, PostingRow, SourceRow } from './rows.ts';

/** How a source stands. `today`: who came since then; `waiting`: for whom nobody has said yet which vacancy it is. */
export interface SiteState {
  row: SourceRow;
  today: number;
  waiting: number;
}

/** Every source there can be, set up or not, in one order. @param since milliseconds */
export async function readSites(db: Database, since: number): Promise<SiteState[]> {
  const rows = await db.sources.find().toArray();
  return Promise.all(
    sourceNames.map(async (source) => ({
      row: rows.find(({ _id }) => _id === source) ?? { _id: source, nextAt: 0 },
      today: await db.found.countDocuments({ source, at: { $gte: since }, status: { $ne: 'dropped' } }),
      waiting: await db.found.countDocuments({ source, status: 'waiting' }),
    })),
  );
}

/** Postings that stand on no open vacancy, with who waits for that, or was dropped. */
export async function readPostings(db: Database): Promise<{ posting: PostingRow; people: FoundRow[] }[]> {
  const [postings, people] = await Promise.all([
    db.postings.find().sort({ at: 1 }).toArray(),
    db.found
      .find({ status: { $in: ['waiting', 'dropped'] } })
      .sort({ at: 1 })
      .toArray(),
  ]);
  return postings.map((posting) => ({
    posting,
    people: people.filter((one) => one.posting === posting._id),
  }));
}
