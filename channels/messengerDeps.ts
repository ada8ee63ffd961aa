import type { Database } from '../models/database.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Files } from '../runtime/files.ts';
import type { Share } from '../runtime/makeShare.ts';
import type { Words } from '../runtime/words.ts';

/** What every messenger is set up with. */
export interface MessengerDeps {
  db: Database;
  words: Words;
  clock: Clock;
  files: Files;
  /** Of a channel's pace, when there are several processes. */
  share: Share | undefined;
  log: (line: object) => void;
}
