import type { Candidate } from '../flows/candidate.ts';
import type { LedgerRow } from '../models/rows.ts';

/**
 * Has the reason of a message gone: they wrote /stop, the stage or the interview is another by now, or nobody is there
 * any more who is to hear that nothing is kept?
 */
export function isStale(row: LedgerRow, person: Candidate | undefined): boolean {
  // Another process published it, too, and faster: it was said, and they were dropped with the key of what was said.
  if (row.forget && !person) return true;
  // They asked for no messages; at the site where they responded an answer is due all the same.
  const ours = row.to === undefined || !('source' in row.to);
  if (ours && person?.stopped && row.prompt !== true) return true;
  const about = person?.applications.find(({ id }) => id === row.application);
  if (row.stages && about && !row.stages.includes(about.stage)) return true;
  if (row.interviewVersion === undefined || !person) return false;
  return about?.interviewVersion !== row.interviewVersion;
}
