import { isOpen } from '../flows/pipelines/stages.ts';
import type { FoundLead } from '../flows/sites/foundLead.ts';
import type { Candidate } from '../flows/candidate.ts';
import type { Database } from '../models/database.ts';
import { findByPhone } from '../models/findByPhone.ts';
import type { FoundRow } from '../models/rows.ts';
import type { Desk } from '../runtime/desk.ts';
import { parsePhone } from '../runtime/readFacts.ts';

/**
 * Somebody we know rings, by whatever number of ours: where their application is in work (or they are hired) the call is a
 * fact of it and no lead, and whoever missed it is to ring back. A colleague's or a client's call is neither.
 *
 * @returns what became of it; undefined when it is a lead like any other
 */
export async function callOfKnown(
  { db, desk }: { db: Database; desk: Desk },
  row: FoundRow,
  { phone: said = '', at, call }: FoundLead,
  vacancy: string | undefined,
): Promise<Partial<FoundRow> | undefined> {
  const phone = parsePhone(said);
  if (phone === undefined) return undefined;
  if (await isOneOfUs(db, phone)) return { status: 'dropped' };
  const person = await cardOf(db, phone);
  if (!person?.applications.some(({ stage }) => isOpen(stage) || stage === 'hired')) return undefined;
  const decision = await desk.perform(person._id, {
    id: `call:${row._id}`,
    type: 'callCame',
    call: { at: at.getTime(), from: phone, ...call },
    ...(vacancy !== undefined && { vacancy }),
  });
  // Gone since it was read: then they are a lead again.
  return decision.ok ? { status: 'taken', candidate: decision.state._id } : undefined;
}

/** Recruiters, heads, and clients' contact persons. */
async function isOneOfUs(db: Database, phone: string): Promise<boolean> {
  const members = await db.members.find({ phone: { $exists: true } }).toArray();
  return members.some((member) => parsePhone(member.phone ?? '') === phone);
}

/** The card they stand on by now. */
async function cardOf(db: Database, phone: string): Promise<Candidate | null> {
  const found = await findByPhone(db, phone);
  return found?.merged ? db.candidates.findOne({ _id: found.merged.into }) : found;
}
