import type { TableFault } from '../flows/imports/sheet.ts';
import type { Mapping } from '../flows/imports/mapping.ts';
import type { ImportCounts, RowOutcome, TableImport } from '../flows/imports/tableImport.ts';

/** Why a link brings no table. */
export type LinkFault = 'notGoogle' | 'notShared' | 'notReached';

export type Opened = { ok: true; import: TableImport } | { ok: false; fault: TableFault | LinkFault };

/** What a dry run says. */
export interface Plan {
  counts: ImportCounts;
  /** The first few of what a person would look at. */
  examples: (RowOutcome & { number: number })[];
  /** Rows that make nobody, or were not understood whole, with the reason: a CSV; undefined when there are none. */
  problems?: Uint8Array;
}

/** The door through which tables come in, for the bot and for the API. */
export interface Imports {
  /** Read a file and guess what its columns are; nobody is made yet. @param id the same again is the same import */
  open(by: string, file: { bytes: Uint8Array; name: string }, id?: string): Promise<Opened>;
  /** The same with a table of Google's that is open by its link. */
  openLink(by: string, link: string, id?: string): Promise<Opened>;
  /**
   * Another sheet, another mapping; only of a draft.
   *
   * @param version the one the change was made on: another one changes nothing
   */
  change(
    id: string,
    change: { sheet?: number; mapping?: Mapping },
    version?: number,
  ): Promise<TableImport | undefined>;
  /** What would come of it now; nothing is changed. */
  check(id: string): Promise<Plan | undefined>;
  /** @returns whether it was in a state from which it can go there */
  begin(id: string): Promise<boolean>;
  stop(id: string): Promise<boolean>;
  /** Take back what it brought of everybody nobody has worked with since. */
  undo(id: string): Promise<boolean>;
  /** Work on what runs, until there is nothing more to do. */
  tick(): Promise<void>;
  start(): void;
  end(): void;
}
