import type { Pipeline } from '../flows/pipelines/pipeline.ts';
import { shippedPipelines } from '../flows/pipelines/shipped.ts';
import type { Database } from './database.ts';

/** Every version of every pipeline: those that ship, and those an agency made of them. Never changed once written. */
export async function readPipelines(db: Pick<Database, 'pipelines'>): Promise<Pipeline[]> {
  const own = await db.pipelines.find({}, { projection: { _id: 0, at: 0, by: 0 } }).toArray();
  return [...shippedPipelines, ...own];
}
