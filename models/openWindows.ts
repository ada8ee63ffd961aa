import type { Database } from './database.ts';

/** Put windows down as free for whoever waits; one that stands there already begins anew. */
export async function openWindows(
  db: Pick<Database, 'openings'>,
  windows: { interviewer: string; start: number }[],
  at: number,
): Promise<void> {
  if (windows.length === 0) return;
  await db.openings.bulkWrite(
    windows.map(({ interviewer, start }) => ({
      updateOne: {
        filter: { _id: `${interviewer}:${start}` },
        update: { $set: { interviewer, start, at } },
        upsert: true,
      },
    })),
    { ordered: false },
  );
}
