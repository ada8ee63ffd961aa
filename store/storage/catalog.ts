import { StoreError } from '../storeError.ts';
import { doc } from '../values/build.ts';
import { Collection } from './collection.ts';
import { type Database } from './database.ts';
import { Feed } from './feed.ts';
import { indexSpec } from './indexSpec.ts';

const differsInCase = (a: string, b: string): boolean => a !== b && a.toLowerCase() === b.toLowerCase();

/** All collections by namespace (`database.collection`). */
export class Catalog {
  readonly database: Database;
  /** Tells change streams what was changed. */
  readonly feed = new Feed();
  readonly #collections = new Map<string, Collection>();

  constructor(database: Database) {
    this.database = database;
    for (const row of database.statement('SELECT ns, id FROM collections ORDER BY id').all()) {
      const ns = String(row[0]);
      this.#collections.set(ns, new Collection(this, ns, Number(row[1])));
    }
  }

  find(ns: string): Collection | undefined {
    return this.#collections.get(ns);
  }

  /** All collections, or those of one database. */
  list(name?: string): Collection[] {
    const all = [...this.#collections.values()];
    return name === undefined ? all : all.filter(({ ns }) => ns.startsWith(`${name}.`));
  }

  /** The collection, made when it is not there. @throws StoreError 73 InvalidNamespace */
  ensure(ns: string): Collection {
    const found = this.#collections.get(ns);
    if (found) return found;
    const name = ns.slice(ns.indexOf('.') + 1);
    if (
      !name ||
      name.includes('$') ||
      name.includes('\0') ||
      name.startsWith('system.') ||
      name.startsWith('.') ||
      ns.length > 255
    ) {
      throw new StoreError(73, `Invalid collection name: ${name}`);
    }
    const db = ns.slice(0, ns.indexOf('.'));
    const other = this.list().find(({ ns: taken }) => differsInCase(db, taken.slice(0, taken.indexOf('.'))));
    if (other) throw new StoreError(13297, `db already exists with different case: ${other.ns} beside ${db}`);
    const row = this.database.change('INSERT INTO collections (ns) VALUES (?) RETURNING id').get(ns);
    const id = Number(row?.[0]);
    this.database.change(`CREATE TABLE c${id}_ (r INTEGER PRIMARY KEY, b BLOB NOT NULL)`).run();
    const made = new Collection(this, ns, id);
    made.createIndex(indexSpec(doc({ key: doc({ _id: 1 }), name: '_id_' })));
    this.#collections.set(ns, made);
    return made;
  }

  drop(ns: string): void {
    this.#collections.get(ns)?.drop();
    if (this.#collections.delete(ns)) this.feed.add('drop', ns);
  }
}
