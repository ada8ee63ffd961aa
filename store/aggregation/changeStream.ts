import { clock } from '../clock.ts';
import { compileQuery } from '../queries/compileQuery.ts';
import { matches } from '../queries/query.ts';
import { notDone, StoreError } from '../storeError.ts';
import { type Catalog } from '../storage/catalog.ts';
import { type Change } from '../storage/feed.ts';
import { valueAt } from '../updates/changePath.ts';
import { date, doc } from '../values/build.ts';
import { writeBson } from '../values/writeBson.ts';
import { Arr, Doc, Raw, TYPE, type Value } from '../values/value.ts';
import { search } from '../commands/search.ts';
import { objectOf, stageOf } from './shapes.ts';

/** A cursor's source that goes on when its documents end: `read` gives what has come since. */
export interface Live {
  read: () => Iterable<Doc>;
  /** Where the stream stands, to go on from there later. */
  token: () => Doc;
  ended: () => boolean;
  close: () => void;
}

/** Databases of MongoDB itself, of which streams tell nothing. */
const INTERNAL = ['admin', 'local', 'config'];
/** Values of the options that change nothing; any other value is refused. */
const DEFAULTS: Record<string, Value> = {
  fullDocument: 'default',
  fullDocumentBeforeChange: 'off',
  showExpandedEvents: false,
};

const tokenOf = (at: number, invalid = false): Doc =>
  doc({ _data: `${at.toString(16).padStart(16, '0')}${invalid ? '01' : '00'}`.toUpperCase() });

/**
 * Opens a change stream on a collection. https://www.mongodb.com/docs/manual/changeStreams/
 *
 * @throws StoreError 286 when what a token stands for is no longer known, 238 for what this store has not
 */
export function changeStream(
  catalog: Catalog,
  db: string,
  name: string | undefined,
  pipeline: readonly Doc[],
): Live {
  const [given, ...rest] = pipeline.map(stageOf);
  if (name === undefined || INTERNAL.includes(db))
    throw notDone('a change stream of anything but one collection');
  const { lookup, start } = optionsOf(objectOf('$changeStream', given?.[1] ?? null), catalog);
  const stages = rest.map(([stage, value]) => {
    if (stage !== '$match') throw notDone(`${stage} in a change stream`);
    return compileQuery(objectOf(stage, value));
  });
  const ns = `${db}.${name}`;
  const stop = catalog.feed.watch();
  let at = start;
  let state: 'open' | 'ending' | 'ended' = 'open';
  const told = (event: Doc): Doc[] => (stages.every((query) => matches(query, event)) ? [event] : []);
  return {
    *read() {
      for (;;) {
        if (!catalog.feed.reaches(at)) throw historyLost();
        const change = state === 'open' ? catalog.feed.after(at, ns) : undefined;
        if (change) {
          at = change.at;
          if (change.kind === 'drop') state = 'ending';
          yield* told(eventOf(change, catalog, lookup));
        } else if (state === 'ending') {
          state = 'ended';
          yield* told(invalidation(at, catalog));
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

const historyLost = (): StoreError =>
  new StoreError(
    286,
    'Resume of change stream was not possible, as the resume point may no longer be in the oplog.',
  );

function optionsOf(given: Doc, { feed }: Catalog): { lookup: boolean; start: number } {
  const options = { lookup: false, start: feed.settled };
  for (const [name, value] of given.fields) {
    if (name === 'fullDocument' && value === 'updateLookup') options.lookup = true;
    else if (name === 'resumeAfter' && value instanceof Doc) options.start = placeOf(value);
    else if (!Object.hasOwn(DEFAULTS, name) || DEFAULTS[name] !== value)
      throw notDone(`a change stream with this ${name}`);
  }
  if (!feed.reaches(options.start)) throw historyLost();
  return options;
}

function placeOf(token: Doc): number {
  const data = token.get('_data');
  if (typeof data !== 'string' || !/^[0-9A-F]{16}00$/.test(data))
    throw new StoreError(
      260,
      'The resume token is not one of this store, or that of an invalidate notification',
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
  const dot = ns.indexOf('.');
  const isUpdate = kind === 'update';
  return doc({
    _id: tokenOf(at),
    operationType: kind,
    ...stamp(at, time, catalog),
    fullDocument: !isUpdate ? change.doc : lookup ? current(catalog, ns, id) : undefined,
    ns: doc({ db: ns.slice(0, dot), coll: ns.slice(dot + 1) }),
    documentKey: id === undefined ? undefined : doc({ _id: id }),
    updateDescription: isUpdate ? described(change) : undefined,
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
