import { checkPipeline, type PipelineFault } from '../flows/pipelines/checkPipeline.ts';
import { isMovable } from '../flows/pipelines/movePlan.ts';
import { type Pipeline, pipelineSchema } from '../flows/pipelines/pipeline.ts';
import { newestOf } from '../flows/pipelines/specOf.ts';
import type { Database } from '../models/database.ts';
import { isDuplicate } from '../models/databaseErrors.ts';
import { readPipelines } from '../models/pipelines.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import type { Words } from './words.ts';

export type Saved =
  { ok: true; pipeline: Pipeline } | { ok: false; faults: PipelineFault[] } | { ok: false; newer: true };

/** Check a new version and keep it. Of two editors at once one is told that somebody was faster. */
export async function savePipeline(
  { db, words, clock }: { db: Database; words: Words; clock: Clock },
  pipeline: Pipeline,
  by: string,
): Promise<Saved> {
  const faults = checkPipeline(pipeline, words.langs, (lang, key) => words.has(lang, key));
  if (faults.length > 0) return { ok: false, faults };
  const parsed = pipelineSchema.parse(pipeline);
  const all = await readPipelines(db);
  const newest = all.some(({ id }) => id === parsed.id) ? newestOf(all, parsed.id).version : 0;
  if (parsed.version !== newest + 1) return { ok: false, newer: true };
  try {
    await db.pipelines.insertOne({ ...parsed, _id: `${parsed.id}:${parsed.version}`, at: clock.now(), by });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return { ok: false, newer: true };
  }
  return { ok: true, pipeline: parsed };
}

/** Move everything open to the newest version of a pipeline. Safe to repeat. @returns how many went over */
export async function moveToNewest(
  { db, desk }: { db: Database; desk: Desk },
  id: string,
  by: string,
  event: string,
): Promise<number> {
  const pipelines = await readPipelines(db);
  const next = newestOf(pipelines, id);
  let moved = 0;
  // In pages by id: thousands of people are never in memory at once.
  for (let after = ''; ;) {
    const people = await db.candidates
      .find({ _id: { $gt: after }, 'applications.0': { $exists: true } })
      .sort({ _id: 1 })
      .limit(200)
      .toArray();
    for (const person of people)
      for (const application of person.applications) {
        if (!isMovable(pipelines, application, next)) continue;
        const decision = await desk.perform(person._id, {
          id: `${event}:${application.id}`,
          type: 'adopt',
          application: application.id,
          by,
          version: next.version,
        });
        if (decision.ok) moved += 1;
      }
    const last = people.at(-1);
    if (!last) return moved;
    after = last._id;
  }
}
