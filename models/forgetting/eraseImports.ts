import type { Trace } from '../../flows/forgetting/forgotten.ts';
import type { Database } from '../database.ts';
import { eraseFiles } from './eraseFiles.ts';

/**
 * Tables the person came with. How many rows became what stays; the table itself and its report are gone for everybody
 * in it, as is what was shown of its columns. One that is being worked on still is kept until it has ended.
 */
export async function eraseImports(db: Database, { imports }: Trace): Promise<void> {
  const tables = await db.imports
    .find({ _id: { $in: imports }, status: { $nin: ['running', 'undoing'] } })
    .toArray();
  const files = tables.flatMap(({ file, result }) => [file, ...(result ? [result] : [])]);
  await eraseFiles(
    db,
    files.flatMap(({ channel, id }) => (channel === 'kept' ? [id] : [])),
  );
  for (const { _id } of tables)
    await db.imports.updateOne({ _id }, { $set: { samples: [] }, $unset: { result: 1 } });
}

/** What became of their row, and of rows of those who looked like them. */
export async function eraseImportRows(db: Database, { cards, imports, words }: Trace): Promise<void> {
  const own = { import: { $in: imports }, 'outcome.candidate': { $in: cards } };
  await db.importRows.updateMany(own, { $set: { 'outcome.alike': [] }, $unset: { 'outcome.name': 1 } });
  if (words.length === 0) return;
  await db.importRows.updateMany({ 'outcome.alike': { $in: words } }, { $set: { 'outcome.alike': [] } });
}
