import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Database } from './storage/database.ts';

const USAGE = 'usage: node store/restore.ts <file> --data <folder>';

/**
 * Puts a backup in place of the data in a folder, while no store works on it. The backup is checked first; what was
 * there stays beside it as `store.sqlite.before`.
 */
function restore(file: string, folder: string): void {
  const check = new DatabaseSync(resolve(file), { readOnly: true });
  const found = check.prepare('PRAGMA integrity_check').get();
  check.close();
  if (found?.integrity_check !== 'ok')
    throw new Error(`${file} is damaged and was not restored: ${String(found?.integrity_check)}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = join(folder, 'store.sqlite');
  if (existsSync(own)) {
    // Opening takes the lock of the folder and brings the write-ahead log into the file.
    new Database(folder).close();
    renameSync(own, `${own}.before`);
  }
  for (const rest of ['-wal', '-shm']) rmSync(own + rest, { force: true });
  copyFileSync(file, `${own}.restoring`);
  renameSync(`${own}.restoring`, own);
  new Database(folder).close();
  process.stdout.write(`restored ${file} into ${folder}\n`);
}

const [file, flag, folder] = process.argv.slice(2);
if (!file || flag !== '--data' || !folder) throw new Error(USAGE);
restore(file, folder);
