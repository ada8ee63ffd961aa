import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FULL =
  'Nothing that was confirmed is lost. Make room there; it goes on by itself when it is started again';

/** By SQLite's primary result code (https://sqlite.org/rescode.html): what happened in a folder and what to do. */
const TROUBLE: Record<number, (folder: string) => string> = {
  5: (folder) => `another store${holder(folder)} already works on the folder ${folder}; end that one first`,
  8: (folder) =>
    `the folder ${folder} cannot be written; give this user the right to, or name another folder`,
  10: (folder) =>
    `the disk of ${folder} does not take what is written (full, a size limit, or failing). ${FULL}`,
  13: (folder) => `the disk of ${folder} is full. ${FULL}`,
  14: (folder) =>
    `the folder ${folder} cannot be opened; give this user the right to, or name another folder`,
};

/** The file is damaged: a new start cannot help. */
export class Damaged extends Error {
  constructor(folder: string, why: string) {
    const todo = 'Restore the last backup: npm run restore -- <file> (what is there now stays beside it)';
    super(`the file ${join(folder, 'store.sqlite')} is damaged. ${todo}. (${why})`);
  }
}

function holder(folder: string): string {
  try {
    return ` (process ${readFileSync(join(folder, 'store.pid'), 'utf8').split('\n', 1)[0]})`;
  } catch {
    return '';
  }
}

/** Whether SQLite did not do what it was asked: the process ends then, rather than go on with half of it. */
export const isSqlite = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR';

/** Whether the folder could not be opened because a store works on it. */
export const isHeld = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof Error &&
  'errcode' in error.cause &&
  error.cause.errcode === 5;

/** An error in words for whoever runs the store. */
export function explained(folder: string, error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if ('errcode' in error && typeof error.errcode === 'number') {
    const code = error.errcode & 0xff;
    if (code === 11 || code === 26) return new Damaged(folder, `SQLite: ${error.message}`);
    const words = TROUBLE[code];
    if (words) return new Error(`${words(folder)} (SQLite: ${error.message})`, { cause: error });
  }
  const file = 'code' in error && /^E(ACCES|PERM|ROFS|NOTDIR|NOENT|EXIST)$/.test(String(error.code));
  return file ? new Error(`${TROUBLE[14]?.(folder)} (${error.message})`, { cause: error }) : error;
}
