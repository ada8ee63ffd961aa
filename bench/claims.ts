import { openDatabase } from '../models/database.ts';
import { startStore } from '../test/support/startStore.ts';
import { contest, perPart } from './contest.ts';

/** What became of windows that 64 in four processes wanted, killed all along. */
export interface ClaimFigures {
  windows: number;
  kills: number;
  /** Given to two, to nobody, or to one who was not told so. */
  wrong: number;
  /** A second, with the time that the killed took to come back. */
  perSecond: number;
  /** Bare conditional updates a second, the same 64 and nobody killed. */
  bare: number;
}

/** @param least how many windows; each is asked for by all 64. BENCH_WINDOWS=100000 for the long run */
export async function claimsUnderKills(
  least = Number(process.env.BENCH_WINDOWS ?? 5_000),
): Promise<ClaimFigures> {
  const windows = Math.ceil(least / perPart) * perPart;
  const store = await startStore();
  const db = await openDatabase(store.uri);
  try {
    const given = new Map<number, Set<string>>();
    const { seconds, kills } = await contest({
      uri: store.uri,
      how: 'product',
      windows,
      killEach: 50,
      given: (window, owner) => given.set(window, (given.get(window) ?? new Set()).add(owner)),
    });
    const rows = await db.slots.find({ interviewer: 'bench' }).toArray();
    const owners = new Map(rows.map(({ start, application }) => [start, application]));
    let wrong = rows.length - owners.size;
    for (let window = 0; window < windows; window += 1) {
      const [owner, ...others] = given.get(window) ?? [];
      if (owner === undefined || owner !== owners.get(window) || others.length > 0) wrong += 1;
    }
    return { windows, kills, wrong, perSecond: (windows * 64) / seconds, bare: await bareUpdates(store.uri) };
  } finally {
    await db.close();
    await store.stop();
  }
}

/** The peer: a conditional update for each claim, of few windows, as it is the slower one. */
async function bareUpdates(uri: string, windows = 4 * perPart): Promise<number> {
  const db = await openDatabase(uri);
  const rows = Array.from({ length: windows }, (_, start) => ({ _id: `bare:${start}`, value: null }));
  await db.settings.insertMany(rows);
  await db.close();
  const { seconds } = await contest({ uri, how: 'bare', windows });
  return (windows * 64) / seconds;
}
