import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** What `put` accepts: anything JSON can hold. */
type Kept = object | string | number;

/**
 * The simulator's memory on disk: JSON records by kind and key, and files. Writes are gathered for one turn of the
 * event loop and committed together; `flushed()` resolves after that commit, and answers wait for it, so that what was
 * answered survives `kill -9`. The folder is locked while it is open: a second simulator on it fails at once.
 */
export class Store {
  private readonly db: DatabaseSync;
  private readonly upsert: StatementSync;
  private readonly erase: StatementSync;
  private waiting = new Map<string, { kind: string; key: string; value: Kept | null }>();
  private commit: Promise<void> | null = null;

  /** @param folder where `simulator.sqlite` stands; made when absent. */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.db = new DatabaseSync(join(folder, 'simulator.sqlite'));
    this.db.exec(`PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;
      CREATE TABLE IF NOT EXISTS records (kind TEXT, key TEXT, json TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, bytes BLOB) WITHOUT ROWID;`);
    this.upsert = this.db.prepare('INSERT OR REPLACE INTO records (kind, key, json) VALUES (?, ?, ?)');
    this.erase = this.db.prepare('DELETE FROM records WHERE kind = ? AND key = ?');
  }

  /** Every record of a kind, in the order of keys. Keys that are numbers must be padded: `Store.key(7)`. */
  all<T>(kind: string, after = ''): T[] {
    this.write();
    const rows = this.db
      .prepare('SELECT json FROM records WHERE kind = ? AND key > ? ORDER BY key')
      .all(kind, after);
    return rows.map((row) => JSON.parse(String(row['json'])) as T);
  }

  /** One record, or null. */
  get<T>(kind: string, key: string): T | null {
    this.write();
    const row = this.db.prepare('SELECT json FROM records WHERE kind = ? AND key = ?').get(kind, key);
    return row ? (JSON.parse(String(row['json'])) as T) : null;
  }

  /** A number as a key that sorts as the number does. */
  static key(...numbers: number[]): string {
    return numbers.map((n) => String(n).padStart(12, '0')).join(':');
  }

  put(kind: string, key: string, value: Kept): void {
    this.note(kind, key, value);
  }

  remove(kind: string, key: string): void {
    this.note(kind, key, null);
  }

  /** Resolves when everything put so far is committed. */
  flushed(): Promise<void> {
    return this.commit ?? Promise.resolve();
  }

  /** Files are written at once: they are rare and large. */
  putFile(path: string, bytes: Uint8Array): void {
    this.db.prepare('INSERT OR REPLACE INTO files (path, bytes) VALUES (?, ?)').run(path, bytes);
  }

  file(path: string): Uint8Array | null {
    const row = this.db.prepare('SELECT bytes FROM files WHERE path = ?').get(path);
    const bytes = row?.['bytes'];
    return bytes instanceof Uint8Array ? bytes : null;
  }

  close(): void {
    this.write();
    this.db.close();
  }

  private note(kind: string, key: string, value: Kept | null): void {
    this.waiting.set(`${kind}\n${key}`, { kind, key, value });
    this.commit ??= new Promise((resolve) => {
      setImmediate(() => {
        this.commit = null;
        if (this.db.isOpen) this.write();
        resolve();
      });
    });
  }

  private write(): void {
    if (this.waiting.size === 0) return;
    const batch = this.waiting;
    this.waiting = new Map();
    this.db.exec('BEGIN');
    for (const { kind, key, value } of batch.values()) {
      if (value === null) this.erase.run(kind, key);
      else this.upsert.run(kind, key, JSON.stringify(value));
    }
    this.db.exec('COMMIT');
  }
}
