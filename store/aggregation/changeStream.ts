import { clock } from '../clock.ts';
import { names } from '../names.ts';
import { notDone, StoreError } from '../storeError.ts';
import { type Catalog } from '../storage/catalog.ts';
import { type Change } from '../storage/feed.ts';
import { valueAt } from '../updates/changePath.ts';
import { date, doc } from '../values/build.ts';
import { compareValues } from '../values/compare.ts';
import { writeBson } from '../values/writeBson.ts';
import { Arr, Doc, Raw, TYPE, type Value } from '../values/value.ts';
import { search } from '../commands/search.ts';
import { compileStage } from './pipeline.ts';

/** A cursor's source that goes on when its documents end: `read` gives what has come since. */
export interface Live {
  read: () => Iterable<Doc>;
  /** Where the stream stands, to go on from there later. */
  token: () => Doc;
  ended: () => boolean;
  close: () => void;
}

const ALLOWED = new Set(names('$match $project $addFields $set $unset $replaceRoot $replaceWith'));
/** Databases of MongoDB itself, of which streams tell nothing. */
const INTERNAL = new Set(['admin', 'local', 'config']);
/** Values of the options that change nothing; any other value is refused. */
const DEFAULTS: Record<string, Value> = { fullDocumentBeforeChange: 'off', showExpandedEvents: false };

const tokenOf = (at: number, invalid = false): Doc =>
  doc({ _data: `${at.toString(16).padStart(16, '0')}${invalid ? '01' : '00'}`.toUpperCase() });

/**
 * Opens a change stream on a collection, a database (`name` missing) or everything (`db` is `admin` too).
 * https://www.mongodb.com/docs/manual/changeStreams/
 *
 * @throws StoreError 286 when what a token stands for is no longer known, 238 for options this store has not
 */
export function changeStream(
  catalog: Catalog,
  db: string,
  name: string | undefined,
  pipeline: readonly Doc[],
): Live {
  const [first, ...rest] = pipeline.map((stage): [string, Value] => [...stage.fields][0] ?? ['', null]);
  const given = first?.[1];
  if (!(given instanceof Doc)) throw new StoreError(50808, '$changeStream must take a nested object');
  const { lookup, whole, start } = optionsOf(given, catalog);
  if (whole && (db !== 'admin' || name !== undefined))
    throw new StoreError(
      72,
      'A $changeStream with allChangesForCluster must be opened on the admin database',
    );
  if (!whole && INTERNAL.has(db))
    throw new StoreError(73, `$changeStream may not be opened on the internal ${db} database`);
  const stages = rest.map(([stage, value]) => {
    const made = compileStage(stage, value, { catalog, db });
    if (!ALLOWED.has(stage))
      throw new StoreError(20, `${stage} is not permitted in a $changeStream pipeline`);
    return made;
  });
  const passes = ({ ns, kind }: Change): boolean =>
    (kind !== 'dropDatabase' || name === undefined) &&
    (whole
      ? !INTERNAL.has(ns.split('.', 1)[0] ?? '')
      : name === undefined
        ? ns === db || ns.startsWith(`${db}.`)
        : ns === `${db}.${name}`);
  const ends = kindThatEnds(whole, name);
  const stop = catalog.feed.watch();
  let at = start;
  let state: 'open' | 'ending' | 'ended' = 'open';
  const shaped = function* (event: Doc): Generator<Doc> {
    for (const made of stages.reduce<Iterable<Doc>>((from, stage) => stage(from), [event])) {
      if (compareValues(made.get('_id') ?? null, event.get('_id') ?? null) !== 0)
        throw new StoreError(
          280,
          'Encountered an event whose _id field, which contains the resume token, was modified by the pipeline.',
          { errorLabels: new Arr(['NonResumableChangeStreamError']) },
        );
      yield made;
    }
  };
  return {
    *read() {
      for (;;) {
        if (!catalog.feed.reaches(at)) throw historyLost();
        const change = state === 'open' ? catalog.feed.after(at, passes) : undefined;
        if (change) {
          at = change.at;
          if (change.kind === ends) state = 'ending';
          yield* shaped(eventOf(change, catalog, lookup));
        } else if (state === 'ending') {
          state = 'ended';
          yield* shaped(invalidation(at, catalog));
        } else {
          if (state === 'open') at = catalog.feed.last;
          return;
        }
      }
    },
    token: () => tokenOf(at, state === 'ended'),
    ended: () => state === 'ended',
    close: stop,
  };
}

const kindThatEnds = (whole: boolean, name: string | undefined): Change['kind'] | undefined =>
  whole ? undefined : name === undefined ? 'dropDatabase' : 'drop';

const historyLost = (): StoreError =>
  new StoreError(
    286,
    'Resume of change stream was not possible, as the resume point may no longer be in the oplog.',
  );

function optionsOf(given: Doc, { feed }: Catalog): { lookup: boolean; whole: boolean; start: number } {
  const options = { lookup: false, whole: false, start: feed.settled };
  for (const [name, value] of given.fields) {
    if (name === 'fullDocument' && (value === 'default' || value === 'updateLookup'))
      options.lookup = value === 'updateLookup';
    else if (name === 'allChangesForCluster') options.whole = value === true;
    else if ((name === 'resumeAfter' || name === 'startAfter') && value instanceof Doc)
      options.start = placeOf(value, name);
    else if (!Object.hasOwn(DEFAULTS, name) || DEFAULTS[name] !== value)
      throw notDone(`a change stream with this ${name}`);
  }
  if (!feed.reaches(options.start)) throw historyLost();
  return options;
}

function placeOf(token: Doc, option: string): number {
  const data = token.get('_data');
  if (typeof data !== 'string' || !/^[0-9A-F]{16}0[01]$/.test(data))
    throw new StoreError(260, 'The resume token is not one of this store');
  if (option === 'resumeAfter' && data.endsWith('1'))
    throw new StoreError(
      260,
      "Attempting to resume a change stream using 'resumeAfter' is not allowed from an invalidate notification.",
    );
  return Number.parseInt(data.slice(0, 16), 16);
}

const stamp = (at: number, time: number, { feed }: Catalog): { clusterTime: Raw; wallTime: Raw } => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(at - feed.first, 0);
  bytes.writeUInt32LE(Math.floor(time / 1000), 4);
  return { clusterTime: new Raw(TYPE.timestamp, bytes), wallTime: date(time) };
};

function eventOf(change: Change, catalog: Catalog, lookup: boolean): Doc {
  const { at, kind, ns, time, id } = change;
  if (kind === 'update' && !change.paths)
    throw notDone('to tell in a change stream what an update by a pipeline changed');
  const dot = ns.indexOf('.');
  const [db, coll] = dot < 0 ? [ns, undefined] : [ns.slice(0, dot), ns.slice(dot + 1)];
  return doc({
    _id: tokenOf(at),
    operationType: kind,
    ...stamp(at, time, catalog),
    fullDocument:
      kind === 'update' && lookup ? current(catalog, ns, id) : kind === 'update' ? undefined : change.doc,
    ns: doc({ db, coll }),
    documentKey: id === undefined ? undefined : doc({ _id: id }),
    updateDescription: kind === 'update' ? described(change) : undefined,
  });
}

/** What an update did, from the places it wrote to: https://www.mongodb.com/docs/manual/reference/change-events/update/ */
function described({ before, doc: after, paths = [] }: Change): Doc {
  const updated = new Map<string, Value>();
  const removed: string[] = [];
  const inside = (path: readonly string[], other: readonly string[]): boolean =>
    other.length < path.length && other.every((part, n) => part === path[n]);
  for (const path of paths) {
    const name = path.join('.');
    const [old, now] = [valueAt(before, path), valueAt(after, path)];
    if (paths.some((other) => inside(path, other)) || removed.includes(name) || same(old, now)) continue;
    if (now === undefined) removed.push(name);
    else updated.set(name, now);
  }
  return doc({
    updatedFields: new Doc(updated),
    removedFields: new Arr(removed),
    truncatedArrays: new Arr([]),
  });
}

const same = (a: Value | undefined, b: Value | undefined): boolean =>
  writeBson(doc({ v: a })).equals(writeBson(doc({ v: b })));

/** The document as it is now, null when it is gone: what `fullDocument: 'updateLookup'` shows. */
function current(catalog: Catalog, ns: string, id: Value | undefined): Value {
  const filter = doc({ _id: doc({ $eq: id }) });
  for (const stored of search(catalog.find(ns), { filter, limit: 1 })) return stored.doc;
  return null;
}

const invalidation = (at: number, catalog: Catalog): Doc =>
  doc({
    _id: tokenOf(at, true),
    operationType: 'invalidate',
    ...stamp(at, clock.now(), catalog),
  });
