import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/**
 * The one connection to the file. A transaction opens with the first write of a turn of the event loop and `commit`
 * ends it; replies wait for that. `synchronous=FULL` in WAL fsyncs each commit: https://sqlite.org/pragma.html#pragma_synchronous
 */
export class Database {
  /** Whether something waits for `commit`. */
  writing = false;
  /** How many changes were begun; it tells whether a command has changed something. */
  changes = 0;
  readonly folder: string;
  readonly #sqlite: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** @throws Error when another process has the folder, it cannot be written, or the file is damaged */
  constructor(folder: string) {
    this.folder = folder;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      this.#sqlite = new DatabaseSync(join(folder, 'store.sqlite'), { timeout: 0 });
      this.#sqlite.exec('PRAGMA locking_mode=EXCLUSIVE; PRAGMA page_size=8192');
      this.#sqlite.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536');
      this.#sqlite.exec('PRAGMA wal_autocheckpoint=4000; PRAGMA temp_store=MEMORY; BEGIN EXCLUSIVE; COMMIT');
      this.#sqlite.exec(
        `CREATE TABLE IF NOT EXISTS collections (id INTEGER PRIMARY KEY, ns TEXT NOT NULL UNIQUE);
         CREATE TABLE IF NOT EXISTS indexes (id INTEGER PRIMARY KEY, collection INTEGER NOT NULL, spec BLOB NOT NULL,
           multikey INTEGER NOT NULL DEFAULT 0);
         CREATE TABLE IF NOT EXISTS retries (session BLOB PRIMARY KEY, number INTEGER NOT NULL, reply BLOB, used INTEGER NOT NULL)
           WITHOUT ROWID`,
      );
    } catch (error) {
      throw explained(folder, error);
    }
  }

  /** A prepared statement, kept for the next time. Rows come back as arrays. */
  statement(sql: string): StatementSync {
    let found = this.#statements.get(sql);
    if (!found) {
      found = this.#sqlite.prepare(sql, { returnArrays: true });
      this.#statements.set(sql, found);
    }
    return found;
  }

  /** A statement that changes something. */
  change(sql: string): StatementSync {
    this.changes += 1;
    if (!this.writing) {
      this.statement('BEGIN IMMEDIATE').run();
      this.writing = true;
    }
    return this.statement(sql);
  }

  /** Makes everything since the last commit durable. */
  commit(): void {
    if (!this.writing) return;
    this.statement('COMMIT').run();
    this.writing = false;
  }

  /** Forgets statements of a dropped table. */
  forget(table: string): void {
    for (const sql of this.#statements.keys()) if (sql.includes(table)) this.#statements.delete(sql);
  }

  /** Writes a consistent copy of everything committed. */
  copyTo(file: string): void {
    this.commit();
    this.statement('VACUUM INTO ?').run(file);
  }

  close(): void {
    this.commit();
    this.#sqlite.close();
  }
}

function explained(folder: string, error: unknown): Error {
  const text = error instanceof Error ? error.message : String(error);
  if (/locked|busy/i.test(text)) return new Error(`another store already works on the folder ${folder}`);
  if (/malformed|not a database|corrupt/i.test(text)) {
    return new Error(
      `the database file in ${folder} is damaged (${text}); restore a backup: npm run restore -- <file>`,
    );
  }
  return new Error(`the store cannot open the folder ${folder}: ${text}`);
}

/** A blob of a row as a Buffer, without copying. */
export function blob(value: unknown): Buffer {
  if (!(value instanceof Uint8Array)) throw new TypeError('a blob was expected');
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
