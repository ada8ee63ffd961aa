import {
  type FoundLead,
  type Source,
  SourceError,
  type SourceFault,
  type SourceName,
} from '../../intake/source.ts';

/** A small source of its own: whoever responds stands in a list, and is told from the place that the cursor names. */
export interface ScriptedSource extends Source {
  /** Somebody responds. @returns what the source will tell of them */
  respond(lead: Partial<FoundLead>): FoundLead;
  /** What the next reads fail with, in turn. */
  faults: { why: SourceFault; retryAfter?: number }[];
  /** The cursors it was read from. */
  reads: (string | undefined)[];
  /** What it was told, as often as it was. */
  told: { lead: string; kind: string; text: string }[];
  /** What becomes of the next answers, once they are taken; by default nothing. */
  then: (() => Promise<void>)[];
}

let count = 0;

export function scriptedSource(name: SourceName = 'avito', posting = '1234567890'): ScriptedSource {
  const leads: FoundLead[] = [];
  const reads: (string | undefined)[] = [];
  const faults: ScriptedSource['faults'] = [];
  const told: ScriptedSource['told'] = [];
  const then: ScriptedSource['then'] = [];
  return {
    name,
    faults,
    reads,
    told,
    then,
    answer: (lead, answer) => {
      told.push({ lead, ...answer });
      return then.shift()?.() ?? Promise.resolve();
    },
    respond: (lead) => {
      const full = { id: `r${(count += 1)}`, at: new Date(0), vacancy: posting, ...lead };
      leads.push(full);
      return full;
    },
    read: (cursor) => {
      reads.push(cursor);
      const fault = faults.shift();
      if (fault) return Promise.reject(new SourceError(fault.why, fault.retryAfter));
      return Promise.resolve({ leads: leads.slice(Number(cursor ?? 0)), cursor: String(leads.length) });
    },
  };
}
