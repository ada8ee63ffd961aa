import { readPostingId } from './readPostingId.ts';
import type { FoundRow, SourceRow } from '../models/rows.ts';
import { insertNew, isDuplicate } from '../models/databaseErrors.ts';
import { postingKey } from '../flows/sites/posting.ts';
import type { SourceFault } from '../flows/sites/sourceNames.ts';
import type { SourceDeps } from './makeSources.ts';
import { type FoundLead, type Source, SourceError } from './source.ts';

/** How often a source is read when nothing rings, in milliseconds. */
const every = 60_000;
/** How long it is left alone after a fault: longer with each of them in a row, never longer than the second. */
const patience: Record<SourceFault, [first: number, longest: number]> = {
  noAnswer: [every, 15 * every],
  limit: [every, 15 * every],
  wrongKey: [10 * every, 10 * every],
  notAllowed: [10 * every, 10 * every],
  notConnected: [10 * every, 10 * every],
  paid: [10 * every, 10 * every],
};
/** A source that is silent for so long is told of like one that the head has to mend. */
const silence = 60 * every;

/** Reads one source when it is due: what it tells is kept, and only then the place where to read on. */
export function makeReading({
  db,
  clock,
  tellHeads,
  log,
}: Pick<SourceDeps, 'db' | 'clock' | 'tellHeads' | 'log'>): (source: Source) => Promise<void> {
  const read = async (source: Source, row: SourceRow | null): Promise<void> => {
    const { leads, cursor } = await source.read(row?.cursor);
    await insertNew(
      db.found,
      leads.map((lead) => rowOf(source, lead, clock.now())),
    );
    await hearNumbers(source, leads);
    const before = row?.cursor === undefined ? { cursor: { $exists: false } } : { cursor: row.cursor };
    await db.sources.updateOne({ _id: source.name, ...before }, { $set: { cursor } });
    await db.sources.updateOne(
      { _id: source.name },
      { $set: { readAt: clock.now() }, $unset: { fault: 1, notBefore: 1 } },
    );
  };

  /** In a chat people give their number later: told again with it, the lead is brought once more, for its number alone. */
  const hearNumbers = async ({ name }: Source, leads: FoundLead[]): Promise<void> => {
    const said = new Map<string, FoundLead>(
      leads.flatMap((lead) => (lead.phone ? [[`${name}:${lead.id}`, lead] as const] : [])),
    );
    // Whoever was forgotten has no card any more, and must not come back by it.
    const there = [
      { candidate: { $exists: true } },
      { status: { $in: ['new' as const, 'waiting' as const] } },
    ];
    const waits = { noPhone: true as const, $or: there };
    for (const { _id } of await db.found.find({ _id: { $in: [...said.keys()] }, ...waits }).toArray()) {
      const lead = said.get(_id);
      const set = { $set: { lead, status: 'new' as const }, $unset: { noPhone: 1 as const } };
      if (lead) await db.found.updateOne({ _id, ...waits }, set);
    }
  };

  const failed = async ({ name }: Source, row: SourceRow | null, error: unknown): Promise<void> => {
    const { why, retryAfter } = faultOf(error);
    const { since, count } = row?.fault ?? { since: clock.now(), count: 0 };
    const [first, longest] = patience[why];
    const pause = retryAfter === undefined ? Math.min(first * 2 ** count, longest) : retryAfter * 1_000;
    const fault = { why, since, count: Math.min(count + 1, 20) };
    await db.sources.updateOne({ _id: name }, { $set: { fault, notBefore: clock.real() + pause } });
    // Nobody has let the program in yet: no fault of anything that worked.
    const level = why === 'notConnected' && row?.readAt === undefined ? 'debug' : 'warn';
    log({ level, source: name, fault: why, ...(why === 'noAnswer' && { error: nameOf(error) }) });
    const mend = why !== 'limit' && (why !== 'noAnswer' || clock.now() - since > silence);
    // What never gave anything is being set up: whoever does that looks for themselves.
    if (!mend || row?.readAt === undefined) return;
    const params = { source: { key: `source.${name}` }, fault: { key: `sites.fault.${why}` } };
    const buttons = [[{ label: { key: 'sites.button.all' }, data: 'si:all' }]];
    await tellHeads(`source:${name}:${why}:${since}`, { key: 'sites.trouble', params, buttons });
  };

  return async (source) => {
    const row = await db.sources.findOne({ _id: source.name });
    const now = clock.real();
    if (row && Math.max(row.nextAt, row.notBefore ?? 0) > now) return;
    // Before it is read: a hook that rings meanwhile is heard.
    await plan(source, now + every);
    try {
      await read(source, row);
    } catch (error) {
      await failed(source, row, error);
    }
  };

  async function plan({ name }: Source, nextAt: number): Promise<void> {
    try {
      await db.sources.updateOne({ _id: name }, { $set: { nextAt } }, { upsert: true });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
}

/** Anything but what the adapter says itself is its silence. */
function faultOf(error: unknown): { why: SourceFault; retryAfter: number | undefined } {
  return error instanceof SourceError ? error : { why: 'noAnswer', retryAfter: undefined };
}

/** What a fault says may quote the answer: only its kind is told. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

function rowOf({ name: source }: Source, lead: FoundLead, at: number): FoundRow {
  const posting = postingKey({ source, id: readPostingId(source, lead.vacancy ?? '') });
  return {
    _id: `${source}:${lead.id}`,
    source,
    posting,
    status: 'new',
    at,
    lead,
    ...(!lead.phone && { noPhone: true }),
  };
}
