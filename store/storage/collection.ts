import { matches } from '../queries/query.ts';
import { StoreError } from '../storeError.ts';
import { timeLimit } from '../timeLimit.ts';
import { Doc, Double, Raw, type Value } from '../values/value.ts';
import { MAX_DOCUMENT, writeBson } from '../values/writeBson.ts';
import { blob, type Database } from './database.ts';
import { type Feed } from './feed.ts';
import { indexKeys, type Keys } from './indexKeys.ts';
import { indexSpec, type IndexSpec } from './indexSpec.ts';
import { indexSql, rowSql } from './sql.ts';

/** An index with its table. `multikey` has a bit for each field that ever met an array. */
export interface Index extends IndexSpec {
  id: number;
  sql: ReturnType<typeof indexSql>;
  multikey: number;
}

/** A stored document with its record number. */
export interface Stored {
  id: number;
  doc: Doc;
}

/** A document as it is written. @throws StoreError 10334 when it is too long */
function bytesOf(doc: Doc): Buffer {
  const bytes = writeBson(doc);
  if (bytes.length <= MAX_DOCUMENT) return bytes;
  throw new StoreError(10334, 'BSONObj size is invalid: a document may have 16777216 bytes');
}

/** Which keys are not among others. */
const without = (keys: readonly Buffer[], others: readonly Buffer[]): Buffer[] =>
  keys.filter((key) => !others.some((other) => other.equals(key)));

/**
 * One collection: a table of records in insertion order, and a table for each index with its ordered keys. Every
 * method either does the whole write or throws before the first change.
 */
export class Collection {
  readonly ns: string;
  readonly table: string;
  readonly indexes: Index[] = [];
  /** How many keys and documents were read since the start, for `explain`. */
  readonly read = { keys: 0, documents: 0 };
  readonly #database: Database;
  readonly #feed: Feed;
  readonly #id: number;
  readonly #sql: ReturnType<typeof rowSql>;
  #next: number;
  #count: number | undefined;

  constructor({ database, feed }: { database: Database; feed: Feed }, ns: string, id: number) {
    this.ns = ns;
    this.#database = database;
    this.#feed = feed;
    this.#id = id;
    this.table = `c${id}_`;
    this.#sql = rowSql(this.table);
    this.#next = Number(database.statement(`SELECT coalesce(max(r), 0) + 1 FROM ${this.table}`).get()?.[0]);
    for (const row of database
      .statement('SELECT id, spec, multikey FROM indexes WHERE collection = ? ORDER BY id')
      .all(id)) {
      const spec = indexSpec(new Doc(blob(row[1])));
      this.indexes.push(this.#index(spec, Number(row[0]), Number(row[2])));
    }
  }

  /** How many documents there are; counted once, then kept. */
  get count(): number {
    return (this.#count ??= Number(
      this.#database.statement(`SELECT count(*) FROM ${this.table}`).get()?.[0],
    ));
  }

  #index(spec: IndexSpec, id: number, multikey: number): Index {
    return { ...spec, id, sql: indexSql(`i${id}_`, this.table), multikey };
  }

  insert(doc: Doc): Stored {
    const entries = this.indexes.map((index) => this.#keys(index, doc));
    const bytes = bytesOf(doc);
    for (const [n, index] of this.indexes.entries()) this.#checkUnique(index, entries[n]?.keys ?? [], -1);
    const id = this.#next;
    this.#next += 1;
    this.#database.change(this.#sql.insert).run(id, bytes);
    for (const [n, index] of this.indexes.entries()) this.#add(index, entries[n], id);
    if (this.#count !== undefined) this.#count += 1;
    this.#feed.add('insert', this.ns, { id: doc.get('_id'), doc });
    return { id, doc };
  }

  /**
   * @param changed top-level fields that differ; without it every index is looked at
   * @param paths where an update by operators wrote; without it the document was replaced
   */
  replace(
    id: number,
    before: Doc,
    after: Doc,
    changed?: ReadonlySet<string>,
    paths?: readonly string[][],
  ): void {
    const bytes = bytesOf(after);
    const touched = this.indexes
      .filter(
        (index) => !changed || index.partial || index.fields.some(({ parts }) => changed.has(parts[0] ?? '')),
      )
      .map((index) => ({ index, old: this.#keys(index, before), now: this.#keys(index, after) }));
    for (const { index, old, now } of touched) this.#checkUnique(index, without(now.keys, old.keys), id);
    this.#database.change(this.#sql.replace).run(bytes, id);
    for (const { index, old, now } of touched) {
      for (const key of without(old.keys, now.keys)) this.#drop(index, key, id);
      this.#add(index, { ...now, keys: without(now.keys, old.keys) }, id);
    }
    this.#feed.add(paths ? 'update' : 'replace', this.ns, {
      id: after.get('_id'),
      before,
      doc: after,
      paths,
    });
  }

  remove({ id, doc }: Stored): void {
    for (const index of this.indexes)
      for (const key of this.#keys(index, doc).keys) this.#drop(index, key, id);
    this.#database.change(this.#sql.remove).run(id);
    if (this.#count !== undefined) this.#count -= 1;
    this.#feed.add('delete', this.ns, { id: doc.get('_id') });
  }

  /** Adds an index over what is there. @throws StoreError 11000 when the documents break it */
  createIndex(spec: IndexSpec): void {
    const rows = this.#database
      .change('INSERT INTO indexes (collection, spec) VALUES (?, ?) RETURNING id')
      .get(this.#id, writeBson(spec.shown));
    const id = Number(rows?.[0]);
    const index = this.#index(spec, id, 0);
    this.#database
      .change(`CREATE TABLE ${index.sql.table} (k BLOB, r INTEGER, PRIMARY KEY (k, r)) WITHOUT ROWID`)
      .run();
    try {
      for (const stored of this.scan()) {
        timeLimit.check();
        const entry = this.#keys(index, stored.doc);
        this.#checkUnique(index, entry.keys, stored.id);
        this.#add(index, entry, stored.id);
      }
    } catch (error) {
      this.#erase(index);
      throw error;
    }
    this.indexes.push(index);
  }

  dropIndex(index: Index): void {
    this.indexes.splice(this.indexes.indexOf(index), 1);
    this.#erase(index);
  }

  #erase(index: Index): void {
    this.#database.change('DELETE FROM indexes WHERE id = ?').run(index.id);
    this.#database.dropTable(index.sql.table);
  }

  /** Drops everything of the collection. */
  drop(): void {
    for (const index of [...this.indexes]) this.dropIndex(index);
    this.#database.dropTable(this.table);
    this.#database.change('DELETE FROM collections WHERE id = ?').run(this.#id);
  }

  /** All documents in order of insertion, read in pieces so that writes may come between. */
  *scan(): Generator<Stored> {
    const next = this.#database.statement(
      `SELECT r, b FROM ${this.table} WHERE r > ? ORDER BY r LIMIT 0 + ?`,
    );
    let after = -1;
    for (let size = 16; ; size = Math.min(size * 4, 256)) {
      const rows = next.all(after, size);
      for (const row of rows) {
        after = Number(row[0]);
        this.read.documents += 1;
        yield { id: after, doc: new Doc(blob(row[1])) };
      }
      if (rows.length < size) return;
    }
  }

  /** The documents whose keys lie in `[low, high)`, in order of the keys, each document as often as it has keys there. */
  *range(index: Index, low: Buffer, high: Buffer, reverse: boolean): Generator<Stored> {
    const next = this.#database.statement(reverse ? index.sql.backward : index.sql.forward);
    let key = reverse ? high : low;
    let id = -1;
    for (let size = 1; ; size = Math.min(size * 16, 256)) {
      const rows = next.all(key, id, reverse ? low : high, size);
      for (const row of rows) {
        key = blob(row[0]);
        id = Number(row[1]);
        this.read.keys += 1;
        this.read.documents += 1;
        yield { id, doc: new Doc(blob(row[2])) };
      }
      if (rows.length < size) return;
    }
  }

  /** The document with this whole key in a unique index. */
  point(index: Index, key: Buffer): Stored | undefined {
    const row = this.#database.statement(index.sql.point).get(key);
    if (!row) return undefined;
    this.read.keys += 1;
    this.read.documents += 1;
    return { id: Number(row[0]), doc: new Doc(blob(row[1])) };
  }

  /** How many keys lie in `[low, high)`, counted no further than `limit`. */
  countRange(index: Index, low: Buffer, high: Buffer, limit: number): number {
    return Number(this.#database.statement(index.sql.count).get(low, high, limit)?.[0]);
  }

  #keys(index: IndexSpec, doc: Doc): Keys {
    if (index.partial && !matches(index.partial, doc)) return { keys: [], multikey: 0, absent: true };
    const keys = indexKeys(index.fields, doc);
    return index.sparse && keys.absent ? { ...keys, keys: [] } : keys;
  }

  #checkUnique(index: Index, keys: readonly Buffer[], own: number): void {
    if (!index.unique) return;
    for (const key of keys) {
      const found = this.#database.statement(index.sql.other).get(key, own);
      if (found) throw this.#duplicate(index, key);
    }
  }

  #duplicate({ name, key: keyPattern, fields, sql }: Index, key: Buffer): StoreError {
    const row = this.#database.statement(sql.holder).get(key);
    let values: (Value | undefined)[] = [];
    // Keys are not turned back: they are made once more of the document that holds this one.
    indexKeys(fields, new Doc(blob(row?.[0])), (own, of) => {
      if (own.equals(key)) values = of;
    });
    const pairs = fields.map(({ path }, n): [string, Value] => [path, values[n] ?? null]);
    const shown = pairs.map(([path, value]) => `${path}: ${show(value)}`).join(', ');
    return new StoreError(
      11000,
      `E11000 duplicate key error collection: ${this.ns} index: ${name} dup key: { ${shown} }`,
      { keyPattern, keyValue: new Doc(new Map(pairs)) },
    );
  }

  #add(index: Index, entry: Keys | undefined, id: number): void {
    if (!entry) return;
    for (const key of entry.keys) this.#database.change(index.sql.insert).run(key, id);
    if ((index.multikey | entry.multikey) === index.multikey) return;
    index.multikey |= entry.multikey;
    this.#database.change('UPDATE indexes SET multikey = ? WHERE id = ?').run(index.multikey, index.id);
  }

  #drop(index: Index, key: Buffer, id: number): void {
    this.#database.change(index.sql.remove).run(key, id);
  }
}

/** A value as the message of a duplicate shows it. */
function show(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Raw) return value.bytes.toString('hex');
  if (value instanceof Double) return String(value.value);
  return typeof value === 'object' && value !== null ? '…' : String(value);
}
