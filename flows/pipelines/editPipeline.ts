import type { FieldId } from './fields.ts';
import type { Name, Outcome, Pipeline, StageSpec } from './pipeline.ts';
import { isOwn, type Stage } from './stages.ts';

/** One change of a pipeline, as an agency makes it in the chat. */
export type PipelineEdit = { stage: Stage } & (
  | { edit: 'rename'; name: Name }
  | { edit: 'minutes'; minutes: number }
  | { edit: 'checklist'; lines: Name[] }
  | { edit: 'hint'; hint: Name | undefined }
  | { edit: 'training'; training: string | undefined }
  | { edit: 'head' }
  | { edit: 'need'; outcome: string; field: FieldId }
  | { edit: 'addAfter'; code: string; name: Name; outcome: Name; minutes: number }
  | { edit: 'remove' }
);

/** Stages of an agency's own may leave a pipeline; the built-in ones carry what the product does. */
export function mayRemove(stage: Stage): boolean {
  return isOwn(stage);
}

/** The next version of a pipeline after one change; undefined when there is nothing there to change. */
export function editPipeline(pipeline: Pipeline, edit: PipelineEdit): Pipeline | undefined {
  const at = pipeline.stages.findIndex(({ stage }) => stage === edit.stage);
  const spec = pipeline.stages[at];
  if (!spec) return undefined;
  const stages = changed(pipeline, spec, at, edit);
  return stages && { ...pipeline, version: pipeline.version + 1, stages };
}

function changed(
  pipeline: Pipeline,
  spec: StageSpec,
  at: number,
  edit: PipelineEdit,
): StageSpec[] | undefined {
  const put = (change: Partial<StageSpec>) => pipeline.stages.with(at, { ...spec, ...change });
  switch (edit.edit) {
    case 'rename':
      return put({ name: edit.name });
    case 'minutes':
      return spec.task && put({ task: { ...spec.task, minutes: edit.minutes } });
    case 'checklist':
      return spec.task && put({ task: { ...spec.task, checklist: edit.lines } });
    case 'hint':
      return spec.task && put({ task: { ...spec.task, hint: edit.hint } });
    case 'training':
      return spec.task && put({ task: { ...spec.task, training: edit.training } });
    case 'head':
      return spec.task && put({ task: { ...spec.task, head: !spec.task.head } });
    case 'need':
      return put({
        outcomes: spec.outcomes.map((one) => (one.id === edit.outcome ? toggled(one, edit.field) : one)),
      });
    case 'addAfter':
      return added(pipeline, spec, at, edit);
    case 'remove':
      return removed(pipeline, spec);
  }
}

function toggled(outcome: Outcome, field: FieldId): Outcome {
  const needs = outcome.needs.includes(field)
    ? outcome.needs.filter((one) => one !== field)
    : [...outcome.needs, field];
  return { ...outcome, needs };
}

/** A new stage takes the way that led on from the one before it: whoever went straight there goes through it. */
function added(
  pipeline: Pipeline,
  spec: StageSpec,
  at: number,
  edit: Extract<PipelineEdit, { edit: 'addAfter' }>,
): StageSpec[] | undefined {
  const stage: Stage = `own:${edit.code}`;
  if (pipeline.stages.some((one) => one.stage === stage)) return undefined;
  const way = spec.outcomes.find(({ style }) => style === 'success') ?? spec.outcomes[0];
  if (!way) return undefined;
  const own: StageSpec = {
    stage,
    name: edit.name,
    actor: 'recruiter',
    task: { kind: 'step', minutes: edit.minutes },
    outcomes: [{ id: 'done', to: way.to, name: edit.outcome, style: 'success', needs: [] }],
    moves: [spec.stage, 'reserve', 'refused', 'withdrawn'],
    messages: [],
  };
  const before = {
    ...spec,
    outcomes: spec.outcomes.map((one) => (one === way ? { ...one, to: stage } : one)),
  };
  return pipeline.stages.toSpliced(at, 1, before, own);
}

/** What led to the stage leads where its first outcome led. */
function removed(pipeline: Pipeline, spec: StageSpec): StageSpec[] | undefined {
  const [way] = spec.outcomes;
  if (!mayRemove(spec.stage) || !way) return undefined;
  const instead = (stage: Stage) => (stage === spec.stage ? way.to : stage);
  return pipeline.stages
    .filter(({ stage }) => stage !== spec.stage)
    .map((one) => ({
      ...one,
      outcomes: one.outcomes.map((outcome) => ({ ...outcome, to: instead(outcome.to) })),
      moves: [...new Set(one.moves.map(instead))].filter((stage) => stage !== one.stage),
    }));
}
