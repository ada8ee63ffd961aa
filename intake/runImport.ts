import type { Event } from '../flows/event.ts';
import type { TableContext } from '../flows/imports/tableContext.ts';
import type { RowOutcome, TableImport } from '../flows/imports/tableImport.ts';
import { isOpen } from '../flows/pipelines/stages.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Database } from '../models/database.ts';
import { isDuplicate } from '../models/databaseErrors.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Desk } from '../runtime/desk.ts';
import { newCandidate } from '../runtime/newCandidate.ts';
import { findPeople } from './findPeople.ts';
import { type Resolved, resolveRow } from './resolveRow.ts';

/** Minutes of working time between the tasks that a table brings, and the most, which is a month. */
const apart = 10;
const furthest = 22 * 8 * 60;

/** How often a row is looked at again when its person vanished meanwhile. */
const retries = 5;

interface Deps {
  db: Database;
  clock: Clock;
  desk: Desk;
  policy: Policy;
}

/** Bring one row into the base: made, joined, or nothing new. Safe to repeat. */
export async function importRow(
  deps: Deps,
  table: TableImport,
  { cells, index, ahead }: { cells: string[]; index: number; ahead: number },
  context: TableContext,
): Promise<RowOutcome> {
  for (let tries = 0; tries < retries; tries += 1) {
    const resolved = await resolveRow(cells, table, context, findPeople(deps.db));
    if (!('outcome' in resolved)) return resolved;
    if (resolved.outcome.what === 'repeated') return resolved.outcome;
    if (!resolved.known) await make(deps, resolved.candidate);
    const event = eventOf(table, resolved, index, ahead);
    const decision = await deps.desk.perform(resolved.candidate, event);
    if (decision.ok) {
      const note = decision.state.notes?.find(({ from }) => from?.key === resolved.key);
      const application = note?.from?.application;
      const task = decision.state.applications.some(({ id, stage }) => id === application && isOpen(stage));
      const { meets, ...outcome } = resolved.outcome;
      return {
        ...outcome,
        what: note?.from?.made ? 'made' : 'joined',
        application: application !== undefined,
        task,
        ...(meets && task && { meets }),
      };
    }
    if (decision.code !== 'noSuchApplication')
      throw new Error(`row ${index} of import ${table._id} was refused: ${decision.code}`);
  }
  throw new Error(`row ${index} of import ${table._id} found nobody ${retries} times`);
}

function eventOf(
  table: TableImport,
  { row, key, deal, alike }: Resolved,
  index: number,
  ahead: number,
): Event {
  return {
    id: `import:${table._id}:${key}`,
    type: 'rowImported',
    by: table.by,
    import: table._id,
    file: table.file.name,
    number: table.layout.first + index + 1,
    key,
    row,
    ...(deal && { deal: { ...deal, later: Math.min(ahead * apart, furthest) } }),
    alike,
  };
}

async function make({ db, policy, clock }: Deps, id: string): Promise<void> {
  try {
    const now = clock.now();
    // Somebody of this id may have been here and been taken back: versions never begin again.
    await db.candidates.insertOne({ ...newCandidate(id, policy, now), version: now });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

/** Take back what an import brought of one person. @returns whether it could */
export async function undoRow(desk: Desk, table: TableImport, candidate: string): Promise<boolean> {
  const decision = await desk.perform(candidate, {
    id: `undoImport:${table._id}:${candidate}`,
    type: 'importUndone',
    by: table.by,
    import: table._id,
  });
  // Nobody is there any more: it was taken back before.
  return decision.ok || decision.code === 'noSuchApplication';
}
