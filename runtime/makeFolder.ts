import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Make a folder with all above it, and see that it can be written to. One level at a time: `mkdirSync` with
 * `recursive` never returns where the file system answers ENOENT to a folder whose parent is there, as /proc does.
 */
export function makeFolder(folder: string): void {
  if (!existsSync(folder)) {
    if (dirname(folder) !== folder && !existsSync(dirname(folder))) makeFolder(dirname(folder));
    mkdirSync(folder);
  }
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is not a folder`);
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
}
