import { z } from 'zod';
import { movePlan } from '../../flows/pipelines/movePlan.ts';
import { pipelineSchema } from '../../flows/pipelines/pipeline.ts';
import { newestOf } from '../../flows/pipelines/specOf.ts';
import type { Database } from '../../models/database.ts';
import { readOpenApplications } from '../../models/readOpenApplications.ts';
import { readPipelines } from '../../models/pipelines.ts';
import { moveToNewest, savePipeline } from '../../runtime/pipelines.ts';
import { type ApiRoute, defineRoute, none } from '../defineRoute.ts';
import { byId, stage } from '../schemas/common.ts';

const pipeline = pipelineSchema.meta({ id: 'Pipeline' });

const list = defineRoute({
  id: 'listPipelines',
  method: 'get',
  path: '/pipelines',
  tag: 'pipelines',
  role: 'reader',
  params: none,
  query: none,
  body: none,
  answers: { 200: z.object({ items: z.array(pipeline) }).meta({ id: 'PipelineList' }) },
  problems: [],
  handle: async ({ db }) => ({ status: 200, body: { items: await readPipelines(db) } }),
});

const save = defineRoute({
  id: 'savePipeline',
  method: 'post',
  path: '/pipelines',
  tag: 'pipelines',
  role: 'admin',
  params: none,
  query: none,
  body: pipeline,
  answers: { 201: pipeline },
  problems: ['notAllowed', 'newerVersion'],
  handle: async (deps, { body }, { by, reader, repeated }) => {
    if (repeated) return { status: 201, body };
    if (!(await mayEdit(deps.db, by))) return { problem: { code: 'notAllowed' } };
    const saved = await savePipeline(deps, body, by);
    if (saved.ok) return { status: 201, body: saved.pipeline };
    if ('newer' in saved) return { problem: { code: 'newerVersion' } };
    const errors = saved.faults.map(({ code, stage: at = '', what = '' }) => ({
      path: `stages.${at}`,
      message: deps.words.label(reader, { key: `pipeline.fault.${code}`, params: { stage: at, what } }),
    }));
    return { problem: { code: 'invalidRequest', errors } };
  },
});

const plan = defineRoute({
  id: 'planPipelineMove',
  method: 'get',
  path: '/pipelines/{id}/move',
  tag: 'pipelines',
  role: 'reader',
  params: byId,
  query: none,
  body: none,
  answers: {
    200: z
      .object({
        version: z.number(),
        steps: z.array(z.object({ from: stage, to: stage, count: z.number() })),
      })
      .meta({ id: 'PipelineMovePlan' }),
  },
  problems: [],
  handle: async ({ db }, { params }) => {
    const pipelines = await readPipelines(db);
    const next = newestOf(pipelines, params.id);
    const steps = movePlan(pipelines, await readOpenApplications(db, pipelines), next);
    return { status: 200, body: { version: next.version, steps } };
  },
});

const move = defineRoute({
  id: 'movePipeline',
  method: 'post',
  path: '/pipelines/{id}/move',
  tag: 'pipelines',
  role: 'admin',
  params: byId,
  query: none,
  body: none,
  answers: { 200: z.object({ moved: z.number() }).meta({ id: 'PipelineMoved' }) },
  problems: ['notAllowed'],
  handle: async (deps, { params }, { by, event }) => {
    if (!(await mayEdit(deps.db, by))) return { problem: { code: 'notAllowed' } };
    return { status: 200, body: { moved: await moveToNewest(deps, params.id, by, event) } };
  },
});

/** A program with a key, or the head. */
async function mayEdit(db: Database, by: string): Promise<boolean> {
  return by.startsWith('api:') || (await db.members.findOne({ _id: by }))?.role === 'head';
}

/** The pipelines, their next versions, and moving what is under way. */
export const pipelines: ApiRoute[] = [list, save, plan, move];
