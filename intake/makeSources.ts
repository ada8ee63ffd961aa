import type { Policy } from '../flows/policies/policy.ts';
import { type Posting, postingKey } from '../flows/sites/posting.ts';
import type { SourceName } from '../flows/sites/sourceNames.ts';
import type { Database } from '../models/database.ts';
import { insertNew } from '../models/databaseErrors.ts';
import type { FoundRow, PostingRow } from '../models/rows.ts';
import type { CallOff, Clock } from '../runtime/clock.ts';
import type { Desk } from '../runtime/desk.ts';
import type { Lanes } from '../runtime/lanes.ts';
import type { TellHeads } from '../runtime/makeTellHeads.ts';
import type { Vacancies } from '../runtime/makeVacancies.ts';
import { oneAtATime } from '../runtime/oneAtATime.ts';
import type { Sources } from '../runtime/sources.ts';
import { bringingLane, makeBringing } from './makeBringing.ts';
import { makeReading } from './makeReading.ts';
import type { Source } from './source.ts';

/** How often it is looked whether a source is due, or somebody is to be put on a vacancy, in milliseconds. */
const every = 1_000;

export interface SourceDeps {
  db: Database;
  clock: Clock;
  policy: Pick<Policy, 'zone'>;
  desk: Desk;
  vacancies: Vacancies;
  lanes: Pick<Lanes, 'hold'>;
  tellHeads: TellHeads;
  sources: Source[];
  hooks?: Sources['hooks'];
  log: (line: object) => void;
}

/**
 * Leads arrive by themselves: each source is read on its own, what it tells is kept first, then put on its vacancy. One
 * process does each at a time; a process that dies between any two steps is followed by one that repeats the last.
 */
export function makeSources(deps: SourceDeps): Sources {
  const { db, clock, vacancies, lanes, sources, log } = deps;
  const read = makeReading(deps);
  const bringing = makeBringing(deps);
  const callOffs: CallOff[] = [];

  const inTurn = (lane: string, work: () => Promise<void>) => async (): Promise<void> => {
    if (await lanes.hold(lane)) await work();
  };
  const works = [
    ...sources.map((source) => ({
      name: source.name,
      work: inTurn(`source:${source.name}`, () => read(source)),
    })),
    { name: 'found', work: inTurn(bringingLane, bringing.bring) },
  ];
  /** A line of the audit log, and whoever stands as `from` stands as `to`. */
  const turn = async (
    posting: Posting,
    status: PostingRow['status'],
    [from, to]: [FoundRow['status'][], FoundRow['status']],
    by: string,
    id: string,
  ): Promise<void> => {
    const _id = postingKey(posting);
    const set = { ...posting, status, at: clock.now() };
    await db.postings.updateOne({ _id }, { $set: set }, { upsert: true });
    await db.found.updateMany({ posting: _id, status: { $in: from } }, { $set: { status: to } });
    const what = status === 'notOurs' ? 'postingNotOurs' : 'postingOurs';
    const fact = { kind: 'fact' as const, at: clock.now(), what, by, params: { posting: _id } };
    await insertNew(db.ledger, [{ _id: `${id}:posting`, ...fact }]);
  };

  return {
    connected: sources.map(({ name }) => name),
    hooks: deps.hooks ?? {},
    consent: (name, member) => sources.find((one) => one.name === name)?.consent?.(member),
    ring: (name) => ring(db, name),
    put: async (posting, vacancy, by, id) => {
      await vacancies.movePosting(vacancy, posting, by, id);
      await bringing.release(postingKey(posting), true);
    },
    drop: (posting, by, id) => turn(posting, 'notOurs', [['new', 'waiting'], 'dropped'], by, id),
    takeBack: (posting, by, id) => turn(posting, 'asked', [['dropped'], 'waiting'], by, id),
    tick: async () => {
      for (const { work } of works) await work();
    },
    start: () => {
      const failed = (name: string) => (error: unknown) =>
        log({ level: 'error', sources: name, error: error instanceof Error ? error.name : 'unknown' });
      bringing.lookAnew().catch(failed('found'));
      for (const { name, work } of works) callOffs.push(oneAtATime(clock, every, work, failed(name)));
    },
    stop: () => callOffs.forEach((callOff) => callOff()),
  };
}

/** Due now; only a source that asked to be left alone keeps its peace. */
async function ring(db: Database, _id: SourceName): Promise<void> {
  await db.sources.updateOne({ _id }, { $set: { nextAt: 0 } }, { upsert: true });
  await db.sources.updateOne({ _id, 'fault.why': { $ne: 'limit' } }, { $unset: { notBefore: 1 } });
}
