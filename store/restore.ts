import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { command, type Place } from './place.ts';
import { Database } from './storage/database.ts';
import { isHeld } from './storage/trouble.ts';

/**
 * Puts a backup in place of the data in a folder, while no store works on it. The backup is checked first; what was
 * there, damaged or not, stays beside it as `store.sqlite.before`.
 */
function restore({ folder, given }: Place): void {
  const file = resolve(given);
  check(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = join(folder, 'store.sqlite');
  let kept = '';
  if (existsSync(own)) {
    takeOver(folder);
    kept = `${own}.before`;
    for (let n = 2; existsSync(kept); n += 1) kept = `${own}.before${n}`;
    for (const end of ['', '-wal']) if (existsSync(own + end)) renameSync(own + end, kept + end);
  }
  rmSync(`${own}-shm`, { force: true });
  copyFileSync(file, `${own}.restoring`);
  renameSync(`${own}.restoring`, own);
  new Database(folder).close();
  process.stdout.write(`${folder} holds ${file} now${kept && `; what was there is ${kept}`}\n`);
}

function check(file: string): void {
  if (!existsSync(file)) throw new Error(`there is no file ${file}`);
  const found = ((): unknown => {
    try {
      const backup = new DatabaseSync(file, { readOnly: true });
      const { integrity_check } = backup.prepare('PRAGMA integrity_check').get() ?? {};
      backup.prepare('SELECT count(*) FROM collections, indexes').get();
      backup.close();
      return integrity_check;
    } catch (error) {
      return error instanceof Error ? error.message : error;
    }
  })();
  if (found !== 'ok')
    throw new Error(`${file} is no whole backup; nothing was changed (SQLite: ${String(found)})`);
}

/** Opening takes the lock and the log into the file. What is too damaged for that is kept as it is. */
function takeOver(folder: string): void {
  try {
    new Database(folder).close();
  } catch (error) {
    if (isHeld(error)) throw error;
  }
}

await command('restore', '<file>', restore);
