import { join } from 'node:path';
import { type Command } from './command.ts';

/** Commands of this store only, used by its own backup. */
export const maintenance: Record<string, Command> = {
  /** Writes a consistent copy into the data folder and gives its path; whoever asked moves it. */
  storeBackup: {
    fields: [],
    run: (input, context) => {
      const { database } = context.catalog;
      const file = join(database.folder, `backup-${process.pid}-${input.connection}.sqlite`);
      database.copyTo(file);
      return { file };
    },
  },
};
