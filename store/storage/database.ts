import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { StoreError } from '../storeError.ts';
import { Damaged, explained } from './trouble.ts';
import { commitFrames } from './wal.ts';

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

  /**
   * @param cache memory for pages at most, in megabytes
   * @throws Error when another process has the folder, it cannot be written, or the file is damaged: in words
   */
  constructor(folder: string, cache = 64) {
    this.folder = folder;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, 'store.sqlite');
      this.#sqlite = new DatabaseSync(file, { timeout: 0 });
      this.#sqlite.exec('PRAGMA locking_mode=EXCLUSIVE; PRAGMA page_size=8192');
      const commits = commitFrames(`${file}-wal`);
      this.#sqlite.exec(
        `PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=${-1024 * cache}`,
      );
      this.#sqlite.exec('PRAGMA wal_autocheckpoint=4000; PRAGMA temp_store=MEMORY; BEGIN EXCLUSIVE; COMMIT');
      this.announce('');
      this.#check(commits);
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

  /** Whether pages hang together and all of the log was taken in; of a cut off end one commit may be missing. */
  #check(commits: readonly number[] | undefined): void {
    const found = String(this.statement('PRAGMA quick_check(1)').get()?.[0]);
    if (found !== 'ok') throw new Damaged(this.folder, `SQLite: ${found}`);
    const taken = Number(this.statement('PRAGMA wal_checkpoint(PASSIVE)').get()?.[1]);
    const lost = commits?.filter((frame) => frame > taken).length ?? Infinity;
    if (lost < 2) return;
    throw new Damaged(this.folder, 'confirmed writes in its log store.sqlite-wal cannot be read');
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

  /** Drops a table and forgets the statements on it. */
  dropTable(table: string): void {
    for (const sql of this.#statements.keys()) if (sql.includes(table)) this.#statements.delete(sql);
    this.change(`DROP TABLE ${table}`).run();
    this.#statements.delete(`DROP TABLE ${table}`);
  }

  /** Leaves the address for the commands that look for a running store in the folder. */
  announce(uri: string): void {
    writeFileSync(join(this.folder, 'store.pid'), `${process.pid}\n${uri}\n`, { mode: 0o600 });
  }

  /** Writes a consistent copy of everything committed into the folder and gives its path. */
  copy(name: string): string {
    this.commit();
    const file = join(this.folder, `backup-${process.pid}-${name}.sqlite`);
    try {
      this.statement('VACUUM INTO ?').run(file);
      return file;
    } catch (error) {
      // What keeps a copy from being made, a full disk above all, is no reason to end.
      rmSync(file, { force: true });
      throw new StoreError(1, `no copy could be made: ${explained(this.folder, error).message}`);
    }
  }

  close(): void {
    this.commit();
    this.#sqlite.close();
    rmSync(join(this.folder, 'store.pid'), { force: true });
  }
}

/** A blob of a row as a Buffer, without copying. */
export function blob(value: unknown): Buffer {
  if (!(value instanceof Uint8Array)) throw new TypeError('a blob was expected');
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
