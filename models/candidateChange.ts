import type { Candidate } from '../flows/candidate.ts';
import { samePlain } from '../flows/samePlain.ts';

/** An update of whole top-level fields, as MongoDB takes it. */
export interface CandidateChange {
  $set: Partial<Candidate>;
  $unset?: Partial<Record<keyof Candidate, 1>>;
  $push?: { decided: { $each: string[]; $slice: number } };
}

/** What every decision makes anew, and the mark that is taken off without a version: `before` does not know of it. */
const always = new Set<keyof Candidate>(['version', 'outbox', 'unpublished']);

/**
 * What a decision changed, for the one update that commits it: most of a document (its applications, the ids of sixty
 * events) is as it was, and neither travels nor touches an index.
 */
export function candidateChange(before: Candidate, next: Candidate): CandidateChange {
  const set: Partial<Record<keyof Candidate, unknown>> = {};
  const unset: CandidateChange['$unset'] = {};
  for (const field of fieldsOf(next)) {
    if (field === 'decided' || next[field] === undefined) continue;
    if (always.has(field) || !samePlain(before[field], next[field])) set[field] = next[field];
  }
  for (const field of fieldsOf(before)) if (next[field] === undefined) unset[field] = 1;
  // What stands here are the fields of a candidate.
  const $set = set as Partial<Candidate>;
  return {
    $set,
    ...(Object.keys(unset).length > 0 && { $unset: unset }),
    ...pushed(before.decided, next.decided),
  };
}

/** The ids that came to the end, and how many of all are kept. */
function pushed(before: string[], next: string[]): Pick<CandidateChange, '$push'> {
  const last = before.at(-1);
  const fresh = last === undefined ? next : next.slice(next.lastIndexOf(last) + 1);
  return fresh.length === 0 ? {} : { $push: { decided: { $each: fresh, $slice: -next.length } } };
}

function fieldsOf(state: Candidate): (keyof Candidate)[] {
  return Object.keys(state) as (keyof Candidate)[];
}
