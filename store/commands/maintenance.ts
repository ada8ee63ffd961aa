import { type Command } from './command.ts';

/** Commands of this store only, used by its own backup. */
export const maintenance: Record<string, Command> = {
  /** Writes a consistent copy into the data folder and gives its path; whoever asked moves it. */
  storeBackup: {
    fields: [],
    run: (input, context) => ({ file: context.catalog.database.copy(String(input.connection)) }),
  },
};
