import type { Posting } from '../flows/sites/posting.ts';
import type { SourceName } from '../flows/sites/sourceNames.ts';

/** The door to where leads come from by themselves, for the bot and for the API. */
export interface Sources {
  /** Those that are set up here. */
  connected: readonly SourceName[];
  /** Where a member lets us in at a source that wants that; undefined where its settings are enough. */
  consent(name: SourceName, member: string): string | undefined;
  /** Addresses that a person enters in the source's cabinet: there it tells of what is new. */
  hooks: Partial<Record<SourceName, string>>;
  /** Read at once: its hook rang, somebody asks, or it was just connected. A source that asked to be left alone is. */
  ring(name: SourceName): Promise<void>;
  /**
   * From now on a posting is of this vacancy and of no other; whoever waits for that goes there within a second.
   *
   * @param id of the event that asks for it
   */
  put(posting: Posting, vacancy: string, by: string, id: string): Promise<void>;
  /** It is none of ours: whoever came and comes by it is dropped. */
  drop(posting: Posting, by: string, id: string): Promise<void>;
  /** It is ours after all: whoever was dropped waits again. */
  takeBack(posting: Posting, by: string, id: string): Promise<void>;
  /** Read what is due, and put on their vacancies whoever was found. */
  tick(): Promise<void>;
  start(): void;
  stop(): void;
}
