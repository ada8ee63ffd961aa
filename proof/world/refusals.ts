import type { Application, Candidate } from '../../flows/candidate.ts';

/** Whose refusal is still to be told, in the order in which they were refused. */
export interface Refusals {
  changed(before: object | undefined, after: object | undefined): void;
  untold(): Candidate[];
}

/** Followed with every write: those who were ever refused are half of the base in the end. */
export function makeRefusals(): Refusals {
  const since = new Map<string, number>();
  const waiting = new Map<string, Candidate>();
  let counter = 0;
  return {
    changed: (before, after) => {
      const person = after as Candidate | undefined;
      const id = person?._id ?? (before as Candidate | undefined)?._id ?? '';
      const refused = person?.applications.filter(({ stage }) => stage === 'refused') ?? [];
      if (refused.length === 0) since.delete(id);
      else if (!since.has(id)) since.set(id, (counter += 1));
      if (person && refused.some(isUntold)) waiting.set(id, person);
      else waiting.delete(id);
    },
    untold: () => [...waiting.values()].sort((a, b) => (since.get(a._id) ?? 0) - (since.get(b._id) ?? 0)),
  };
}

/** Its message has a time, and has not gone out. */
export function isUntold({ stage, refusal }: Application): boolean {
  return stage === 'refused' && refusal?.messageAt !== undefined && !refusal.messageSent;
}
