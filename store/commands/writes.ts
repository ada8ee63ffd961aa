import { findProjection } from '../aggregation/pipeline.ts';
import { type Match } from '../queries/somePath.ts';
import { names } from '../names.ts';
import { notDone, StoreError } from '../storeError.ts';
import { type Collection, type Stored } from '../storage/collection.ts';
import { timeLimit } from '../timeLimit.ts';
import { compileUpdate, type Update } from '../updates/compileUpdate.ts';
import { upsertBase } from '../updates/upsertBase.ts';
import { doc, fromPlain, whole } from '../values/build.ts';
import { compareValues } from '../values/compare.ts';
import { Arr, copyValue, Doc, type Value } from '../values/value.ts';
import { writeBson } from '../values/writeBson.ts';
import { type Command, type Context, Input } from './command.ts';
import { newDocument } from './newDocument.ts';
import { filter, search } from './search.ts';

const MOST_WRITES = 100_000;
/** Ends the whole command, not one write of it; what was written before stays. */
const TIME_OVER = 50;

/** Runs each write of a batch; a refused one is listed, and ends the batch when it is ordered. */
function batch(input: Input, list: readonly Doc[], one: (item: Doc, at: number) => void): Arr | undefined {
  if (list.length < 1 || list.length > MOST_WRITES) {
    throw new StoreError(
      72,
      `Write batch sizes must be between 1 and ${MOST_WRITES}. Got ${list.length} operations.`,
    );
  }
  const ordered = input.body.get('ordered') === undefined || input.flag('ordered');
  const errors: Value[] = [];
  for (const [index, item] of list.entries()) {
    try {
      timeLimit.check();
      one(item, index);
    } catch (error) {
      if (!(error instanceof StoreError) || error.code === TIME_OVER) throw error;
      errors.push(doc({ index, code: error.code, errmsg: error.message, ...extras(error) }));
      if (ordered) break;
    }
  }
  return errors.length > 0 ? new Arr(errors) : undefined;
}

const extras = (error: StoreError): Record<string, Value> =>
  Object.fromEntries(Object.entries(error.extra).map(([name, value]) => [name, fromPlain(value)]));

function runInsert(input: Input, context: Context): Record<string, Value | undefined> {
  const docs = input.docs('documents');
  const collection = context.catalog.ensure(input.ns);
  let n = 0;
  const writeErrors = batch(input, docs, (item) => {
    collection.insert(newDocument(item));
    n += 1;
  });
  return { n, writeErrors };
}

/** Applies an update to a stored document; the new document, and whether it differs. */
function updateOne(
  collection: Collection,
  stored: Stored,
  update: Update,
  match: Match,
): { after: Doc; modified: boolean } {
  const before = stored.doc;
  const bytes = writeBson(before);
  const after = new Doc(bytes);
  const paths: string[][] = [];
  update.apply(after, { index: match.index, insert: false, paths });
  const [old, now] = [before.get('_id'), after.get('_id')];
  if (old === undefined || now === undefined || compareValues(old, now) !== 0) {
    throw new StoreError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
  after.bytes = writeBson(after);
  if (after.bytes.equals(bytes)) return { after: before, modified: false };
  collection.replace(
    stored.id,
    before,
    after,
    update.changed,
    update.kind === 'operators' ? paths : update.kind === 'pipeline' ? 'unknown' : undefined,
  );
  return { after, modified: true };
}

function upsert(collection: Collection, query: Doc | undefined, update: Update): Doc {
  const base = upsertBase(filter(query), update.kind === 'replacement');
  const wanted = copyValue(base.get('_id') ?? null);
  update.apply(base, { insert: true });
  const made = base.get('_id');
  if (wanted !== null && (made === undefined || compareValues(wanted, made) !== 0)) {
    throw new StoreError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
  return collection.insert(newDocument(base)).doc;
}

/** The writes of a batch. One with an unknown field refuses the whole command, before anything is written. */
function writesOf(input: Input, list: string, known: readonly string[]): Doc[] {
  const all = input.docs(list);
  for (const body of all) {
    for (const name of body.fields.keys())
      if (!known.includes(name))
        throw new StoreError(40415, `BSON field '${input.name}.${list}.${name}' is an unknown field.`);
    const collation = new Input(body, input.connection).doc('collation');
    if (collation && collation.get('locale') !== 'simple') throw notDone('collation');
    if (body.get('c') !== undefined) throw notDone("'let'");
  }
  return all;
}

const UPDATE = ['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint', 'collation', 'c'];
const DELETE = ['q', 'limit', 'hint', 'collation'];

function runUpdate(input: Input, context: Context): Record<string, Value | undefined> {
  let n = 0;
  let nModified = 0;
  const upserted: Value[] = [];
  const writeErrors = batch(input, writesOf(input, 'updates', UPDATE), (body, index) => {
    const item = new Input(body, input.connection);
    const update = compileUpdate(body.get('u'), item.list('arrayFilters'));
    const multi = item.flag('multi');
    if (multi && update.kind === 'replacement')
      throw new StoreError(9, 'multi update is not supported for replacement-style update');
    const match: Match = {};
    let [matched, modified] = [0, 0];
    const collection = context.catalog.find(input.ns);
    const wanted = {
      filter: item.doc('q'),
      hint: body.get('hint'),
      limit: multi ? 0 : 1,
    };
    for (const { stored, index: position } of found(collection, wanted, match, multi)) {
      timeLimit.check();
      matched += 1;
      if (collection && updateOne(collection, stored, update, { index: position }).modified) modified += 1;
    }
    n += matched;
    nModified += modified;
    if (matched > 0 || !item.flag('upsert')) return;
    const made = upsert(context.catalog.ensure(input.ns), item.doc('q'), update);
    n += 1;
    upserted.push(doc({ index, _id: made.get('_id') }));
  });
  return { n, nModified, upserted: upserted.length > 0 ? new Arr(upserted) : undefined, writeErrors };
}

/** What a write works on. Many are collected first, so that none is met twice when its keys move. */
function found(
  collection: Collection | undefined,
  wanted: Parameters<typeof search>[1],
  match: Match,
  multi: boolean,
): { stored: Stored; index?: number }[] {
  const all: { stored: Stored; index?: number }[] = [];
  for (const stored of search(collection, wanted, match)) {
    all.push({ stored, index: match.index });
    if (!multi) break;
  }
  return all;
}

function runDelete(input: Input, context: Context): Record<string, Value | undefined> {
  let n = 0;
  const writeErrors = batch(input, writesOf(input, 'deletes', DELETE), (body) => {
    const item = new Input(body, input.connection);
    const limit = item.count('limit');
    if (limit !== 0 && limit !== 1)
      throw new StoreError(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`);
    const collection = context.catalog.find(input.ns);
    for (const { stored } of found(
      collection,
      { filter: item.doc('q'), hint: body.get('hint'), limit },
      {},
      limit === 0,
    )) {
      timeLimit.check();
      collection?.remove(stored);
      n += 1;
    }
  });
  return { n: whole(n), writeErrors };
}

function runFindAndModify(input: Input, context: Context): Record<string, Value | undefined> {
  const remove = input.flag('remove');
  const isNew = input.flag('new');
  const given = input.body.get('update');
  if (remove === (given !== undefined))
    throw new StoreError(9, 'Either an update or remove=true must be specified');
  if (remove && (isNew || input.flag('upsert')))
    throw new StoreError(9, "Cannot specify both 'new'/'upsert' and 'remove=true'");
  if (remove && input.list('arrayFilters'))
    throw new StoreError(9, "Cannot specify 'arrayFilters' and 'remove=true'");
  const update = remove ? undefined : compileUpdate(given, input.list('arrayFilters'));
  const fields = input.doc('fields');
  const shape = fields && fields.fields.size > 0 ? findProjection(fields) : undefined;
  if (isNew && shape?.positional)
    throw new StoreError(2, 'Cannot use a positional projection and return the new document.');
  const match: Match = {};
  const collection = context.catalog.find(input.ns);
  const wanted = {
    filter: input.doc('query'),
    sort: input.doc('sort'),
    hint: input.body.get('hint'),
    limit: 1,
  };
  const [hit] = found(collection, wanted, match, false);
  const show = (value: Doc): Doc => (shape ? shape.apply(value, match) : value);
  if (hit && collection) {
    const before = hit.stored.doc;
    if (!update) {
      collection.remove(hit.stored);
      return { lastErrorObject: doc({ n: 1 }), value: show(before) };
    }
    const { after } = updateOne(collection, hit.stored, update, match);
    return { lastErrorObject: doc({ n: 1, updatedExisting: true }), value: show(isNew ? after : before) };
  }
  if (!update) return { lastErrorObject: doc({ n: 0 }), value: null };
  if (!input.flag('upsert')) return { lastErrorObject: doc({ n: 0, updatedExisting: false }), value: null };
  const made = upsert(context.catalog.ensure(input.ns), input.doc('query'), update);
  return {
    lastErrorObject: doc({ n: 1, updatedExisting: false, upserted: made.get('_id') }),
    value: isNew ? show(made) : null,
  };
}

const findAndModify: Command = {
  fields: names('query sort remove update new fields upsert arrayFilters hint bypassDocumentValidation'),
  run: runFindAndModify,
};

/** The commands that change documents. */
export const writes: Record<string, Command> = {
  insert: { fields: ['documents', 'ordered', 'bypassDocumentValidation'], run: runInsert },
  update: { fields: ['updates', 'ordered', 'bypassDocumentValidation'], run: runUpdate },
  delete: { fields: ['deletes', 'ordered'], run: runDelete },
  findAndModify,
  findandmodify: findAndModify,
};
