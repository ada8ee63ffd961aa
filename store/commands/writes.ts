import { compileQuery } from '../queries/compileQuery.ts';
import { projection } from '../queries/projection.ts';
import { type Match } from '../queries/somePath.ts';
import { names } from '../names.ts';
import { refuseOthers } from '../refuseOthers.ts';
import { StoreError } from '../storeError.ts';
import { timeLimit } from '../timeLimit.ts';
import { type Collection, type Stored } from '../storage/collection.ts';
import { compileUpdate, type Update } from '../updates/compileUpdate.ts';
import { upsertBase } from '../updates/upsertBase.ts';
import { doc, whole } from '../values/build.ts';
import { compareValues } from '../values/compare.ts';
import { Arr, copyValue, Doc, type Value } from '../values/value.ts';
import { writeBson } from '../values/writeBson.ts';
import { refuseOption } from './checkFields.ts';
import { command, type Command, type Context, type Fields, Input } from './command.ts';
import { newDocument } from './newDocument.ts';
import { search, type Wanted } from './search.ts';

const MOST_WRITES = 100_000;

/** Ends the whole command, not one write of it; what was written before stays. */
const TIME_OVER = 50;

/** Runs each write of a batch; a refused one is listed, and ends the batch when it is ordered. */
function batch<T>(input: Input, list: readonly T[], one: (item: T, at: number) => void): Arr | undefined {
  const { length } = list;
  if (length < 1 || length > MOST_WRITES)
    throw new StoreError(
      72,
      `Write batch sizes must be between 1 and ${MOST_WRITES}. Got ${length} operations.`,
    );
  const ordered = input.body.get('ordered') === undefined || input.flag('ordered');
  const errors: Value[] = [];
  for (const [index, item] of list.entries()) {
    try {
      timeLimit.check();
      one(item, index);
    } catch (error) {
      if (!(error instanceof StoreError) || error.code === TIME_OVER) throw error;
      errors.push(doc({ index, code: error.code, errmsg: error.message, ...error.extra }));
      if (ordered) break;
    }
  }
  return errors.length > 0 ? new Arr(errors) : undefined;
}

function runInsert(input: Input, context: Context): Fields {
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
  refuseOther(before.peek('_id') ?? null, after.get('_id'));
  after.bytes = writeBson(after);
  if (after.bytes.equals(bytes)) return { after: before, modified: false };
  collection.replace(
    stored.id,
    before,
    after,
    update.changed,
    update.kind === 'operators' ? paths : undefined,
  );
  return { after, modified: true };
}

/** @throws StoreError 66 when an update has changed the `_id` */
function refuseOther(id: Value, now: Value | undefined): void {
  if (now === undefined || compareValues(id, now) !== 0)
    throw new StoreError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}

function upsert(collection: Collection, query: Doc | undefined, update: Update): Doc {
  const base = upsertBase(compileQuery(query), update.kind === 'replacement');
  const wanted = copyValue(base.get('_id') ?? null);
  update.apply(base, { insert: true });
  if (wanted !== null) refuseOther(wanted, base.get('_id'));
  return collection.insert(newDocument(base)).doc;
}

/** The writes of a batch. One with an unknown field refuses the whole command, before anything is written. */
function writesOf(input: Input, list: string, known: readonly string[]): Input[] {
  return input.docs(list).map((body) => {
    refuseOthers(body, known, `${input.name}.${list}`);
    for (const [name, value] of body.fields) refuseOption(name, value);
    return new Input(body, input.connection);
  });
}

const UPDATE = names('q u multi upsert arrayFilters hint collation c');
const DELETE = names('q limit hint collation');

function runUpdate(input: Input, context: Context): Fields {
  let n = 0;
  let nModified = 0;
  const upserted: Value[] = [];
  const writeErrors = batch(input, writesOf(input, 'updates', UPDATE), (item, index) => {
    const update = compileUpdate(item.body.get('u'), item.list('arrayFilters'));
    const multi = item.flag('multi');
    if (multi && update.kind === 'replacement')
      throw new StoreError(9, 'multi update is not supported for replacement-style update');
    const collection = context.catalog.find(input.ns);
    const hits = found(collection, selected(item, multi ? 0 : 1));
    let modified = 0;
    for (const { stored, index: position } of hits) {
      timeLimit.check();
      if (collection && updateOne(collection, stored, update, { index: position }).modified) modified += 1;
    }
    n += hits.length;
    nModified += modified;
    if (hits.length > 0 || !item.flag('upsert')) return;
    const made = upsert(context.catalog.ensure(input.ns), item.doc('q'), update);
    n += 1;
    upserted.push(doc({ index, _id: made.get('_id') }));
  });
  return { n, nModified, upserted: upserted.length > 0 ? new Arr(upserted) : undefined, writeErrors };
}

/** What one write of a batch is to work on. */
const selected = (item: Input, limit: number): Wanted => ({
  filter: item.doc('q'),
  limit,
});

/** What a write works on. Many are collected first, so that none is met twice when its keys move. */
function found(collection: Collection | undefined, wanted: Wanted): { stored: Stored; index?: number }[] {
  const match: Match = {};
  const all: { stored: Stored; index?: number }[] = [];
  for (const stored of search(collection, wanted, match)) {
    all.push({ stored, index: match.index });
    if (wanted.limit === 1) break;
  }
  return all;
}

function runDelete(input: Input, context: Context): Fields {
  let n = 0;
  const writeErrors = batch(input, writesOf(input, 'deletes', DELETE), (item) => {
    const limit = item.count('limit');
    if (limit !== 0 && limit !== 1)
      throw new StoreError(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`);
    const collection = context.catalog.find(input.ns);
    for (const { stored } of found(collection, selected(item, limit))) {
      timeLimit.check();
      collection?.remove(stored);
      n += 1;
    }
  });
  return { n: whole(n), writeErrors };
}

function runFindAndModify(input: Input, context: Context): Fields {
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
  const shape = fields && fields.fields.size > 0 ? projection(fields) : undefined;
  if (isNew && shape?.positional)
    throw new StoreError(2, 'Cannot use a positional projection and return the new document.');
  const collection = context.catalog.find(input.ns);
  const [query, sort] = [input.doc('query'), input.doc('sort')];
  const [hit] = found(collection, { filter: query, sort, limit: 1 });
  const show = (value: Doc): Doc => (shape ? shape.apply(value, { index: hit?.index }) : value);
  if (hit && collection) {
    const before = hit.stored.doc;
    if (!update) {
      collection.remove(hit.stored);
      return { lastErrorObject: doc({ n: 1 }), value: show(before) };
    }
    const { after } = updateOne(collection, hit.stored, update, { index: hit.index });
    return { lastErrorObject: doc({ n: 1, updatedExisting: true }), value: show(isNew ? after : before) };
  }
  if (!update) return { lastErrorObject: doc({ n: 0 }), value: null };
  if (!input.flag('upsert')) return { lastErrorObject: doc({ n: 0, updatedExisting: false }), value: null };
  const made = upsert(context.catalog.ensure(input.ns), query, update);
  return {
    lastErrorObject: doc({ n: 1, updatedExisting: false, upserted: made.get('_id') }),
    value: isNew ? show(made) : null,
  };
}

/** The commands that change documents. */
export const writes: Record<string, Command> = {
  insert: command('documents ordered bypassDocumentValidation', runInsert),
  update: command('updates ordered bypassDocumentValidation', runUpdate),
  delete: command('deletes ordered', runDelete),
  findAndModify: command(
    'query sort remove update new fields upsert arrayFilters bypassDocumentValidation',
    runFindAndModify,
  ),
};
