import type { IncomingFile } from '../question.ts';
import type { Layout } from './layout.ts';
import type { ImportField, Mapping } from './mapping.ts';
import type { RowFault } from './readRow.ts';

/** A table on its way into the base. */
export interface TableImport {
  _id: string;
  by: string;
  createdAt: number;
  /** As it was sent; kept here, so that a crash can go on with it. */
  file: IncomingFile;
  /** Its sheets by name, and which of them is meant. */
  sheets: string[];
  sheet: number;
  layout: Layout;
  mapping: Mapping;
  /** Rows below the headings. */
  rows: number;
  /** The first words of each column, for whoever looks at the mapping. */
  samples: string[][];
  status: 'draft' | 'running' | 'stopped' | 'done' | 'undoing' | 'undone';
  /** What came of its rows so far. */
  counts: ImportCounts;
  /** A line for each row and what became of it, once it has ended. */
  result?: IncomingFile;
  startedAt?: number;
  endedAt?: number;
  /** Raised with each change of the mapping: who decides on an old one is told. */
  version: number;
  /** The process that works on it, until then by the machine's clock. */
  owner?: string;
  until?: number;
}

/** How many rows became what. `problem`: nobody could be made of it. */
export interface ImportCounts {
  made: number;
  joined: number;
  /** The same row was imported before. */
  repeated: number;
  problem: number;
  /** Empty ones, headings that come again, sums. */
  passed: number;
  /** Applications that came with them, and how many of those somebody has to work on. */
  applications: number;
  tasks: number;
  /** Whose meeting is to come: it has to be set here. */
  meetings: number;
  /** A cell of theirs was not understood: it is in the note. */
  doubtful: number;
  /** Called differently, with a number or a mailbox that somebody has. */
  alike: number;
  /** Taken back again; and left, because somebody had worked with them. */
  undone: number;
  kept: number;
}

export const noCounts: ImportCounts = {
  made: 0,
  joined: 0,
  repeated: 0,
  problem: 0,
  passed: 0,
  applications: 0,
  tasks: 0,
  meetings: 0,
  doubtful: 0,
  alike: 0,
  undone: 0,
  kept: 0,
};

/** What became of a row; its words are `import.row.<what>`. */
export interface RowOutcome {
  what: 'made' | 'joined' | 'repeated' | RowFault;
  /** Who it is, or was joined to. */
  name?: string;
  candidate?: string;
  application?: boolean;
  task?: boolean;
  meets?: boolean;
  doubts: ImportField[];
  /** Names of those who are alike. */
  alike: string[];
}

/** Rows that say nothing of anybody, and are no trouble either. */
const passed: ReadonlySet<RowOutcome['what']> = new Set<RowOutcome['what']>(['empty', 'heading', 'total']);

/** Count one more outcome. */
export function counted(counts: ImportCounts, outcome: RowOutcome): ImportCounts {
  const { what, application, task, meets, doubts, alike } = outcome;
  const which =
    what === 'made' || what === 'joined' || what === 'repeated'
      ? what
      : passed.has(what)
        ? 'passed'
        : 'problem';
  return {
    ...counts,
    [which]: counts[which] + 1,
    applications: counts.applications + (application ? 1 : 0),
    tasks: counts.tasks + (task ? 1 : 0),
    meetings: counts.meetings + (meets ? 1 : 0),
    doubtful: counts.doubtful + (doubts.length > 0 ? 1 : 0),
    alike: counts.alike + (alike.length > 0 ? 1 : 0),
  };
}
