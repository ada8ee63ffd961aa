import type { Param } from '../../flows/effect.ts';
import { fieldIn } from '../../flows/pipelines/fieldName.ts';
import { builtInFields } from '../../flows/pipelines/fields.ts';
import { mayRemove } from '../../flows/pipelines/editPipeline.ts';
import { movePlan } from '../../flows/pipelines/movePlan.ts';
import type { Name, Outcome, StageSpec } from '../../flows/pipelines/pipeline.ts';
import { newestOf, pipelineOf } from '../../flows/pipelines/specOf.ts';
import { outcomeName, specName } from '../../flows/pipelines/stageName.ts';
import { isOpen, type Stage } from '../../flows/pipelines/stages.ts';
import type { Member } from '../../flows/member.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Database } from '../../models/database.ts';
import { readOpenApplications } from '../../models/readOpenApplications.ts';
import { readPipelines } from '../../models/pipelines.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { inRows, type Speech, speech } from '../speech.ts';

type Deps = { db: Database; words: Words; policy: Policy };

/** Every pipeline in its newest version, with how many applications go by it. */
export async function drawPipelines({ db, words }: Deps, member: Member): Promise<Rendered> {
  const said = speech(words, member);
  const all = await readPipelines(db);
  const ids = [...new Set(all.map(({ id }) => id))];
  const open = await readOpenApplications(db, all);
  const lines = ids.map((id) => {
    const newest = newestOf(all, id);
    const count = open.filter((one) => pipelineOf(all, one).id === id).length;
    return said.text('pipeline.list.line', { name: newest.name, version: newest.version, count });
  });
  return {
    text: [said.text('pipeline.list.title'), ...lines].join('\n\n'),
    buttons: ids.map((id) => [
      { label: said.label(newestOf(all, id).name).slice(0, 60), data: `pl:open:${id}` },
    ]),
  };
}

/** One pipeline: its stages in order, each a button. */
export async function drawPipeline(deps: Deps, member: Member, id: string): Promise<Rendered> {
  const { db, words, policy } = deps;
  const said = speech(words, member);
  const all = await readPipelines(db);
  const pipeline = newestOf(all, id);
  const plan = movePlan(all, await readOpenApplications(db, all), pipeline);
  const older = plan.reduce((sum, { count }) => sum + count, 0);
  const stages = pipeline.stages.filter(({ stage }) => isOpen(stage));
  const lines = stages.map((spec, index) =>
    said.text('pipeline.stageLine', {
      number: index + 1,
      name: specName(spec),
      actor: { key: `pipeline.actor.${spec.actor}` },
      limit: limitOf(spec, policy),
      outcomes: spec.outcomes.map((one) => outcomeLabel(said, one)).join(', ') || '—',
    }),
  );
  const title = said.text('pipeline.title', { name: pipeline.name, version: pipeline.version });
  return {
    text: [title, ...lines].join('\n\n').slice(0, 4000),
    buttons: [
      ...inRows(
        stages.map(({ stage }, index) =>
          said.button('staff.button.number', `pl:stage:${id}:${stage}`, { params: { number: index + 1 } }),
        ),
        6,
      ),
      ...(older > 0
        ? [
            [
              said.button('pipeline.button.plan', `pl:plan:${id}`, {
                style: 'primary',
                params: { count: older },
              }),
            ],
          ]
        : []),
      [
        said.button('pipeline.button.copy', `pl:copy:${id}`),
        said.button('pipeline.button.diagram', `pl:diagram:${id}`),
      ],
      [said.button('pipeline.button.all', 'pl:all')],
    ],
  };
}

/** One stage, with what an agency may change of it. */
export async function drawStage(
  { db, words, policy }: Deps,
  member: Member,
  id: string,
  stage: string,
): Promise<Rendered | undefined> {
  const said = speech(words, member);
  const pipeline = newestOf(await readPipelines(db), id);
  const spec = pipeline.stages.find((one) => one.stage === stage);
  if (!spec) return undefined;
  const { task } = spec;
  const text = said.text('pipeline.stageCard', {
    name: specName(spec),
    actor: { key: `pipeline.actor.${spec.actor}` },
    limit: limitOf(spec, policy),
    checklist: orNone(
      (task?.checklist ?? []).map((line) => ({ key: 'pipeline.checkLine', params: { line } })),
    ),
    hint: task?.hint ?? '—',
    training: task?.training ?? '—',
    head: task?.head ? { key: 'pipeline.headToo' } : '',
    outcomes: orNone(
      spec.outcomes.map((one) => ({
        key: 'pipeline.outcomeLine',
        params: {
          name: outcomeName(one),
          to: specName(pipeline.stages.find((other) => other.stage === one.to) ?? { stage: one.to }),
          needs:
            one.needs.length === 0
              ? ''
              : {
                  key: 'pipeline.needs',
                  params: {
                    fields: one.needs.map((field) => said.label(fieldIn(pipeline, field))).join(', '),
                  },
                },
        },
      })),
    ),
  });
  const button = (verb: string) => said.button(`pipeline.button.${verb}`, `pl:${verb}:${id}:${stage}`);
  return {
    text,
    buttons: [
      [button('rename'), button('minutes')],
      ...(task
        ? [
            [button('checklist'), button('hint')],
            [button('training'), { ...button('head'), ...(task.head && { style: 'primary' as const }) }],
          ]
        : []),
      ...(spec.outcomes.length > 0 ? [[button('needs'), button('addAfter')]] : []),
      ...(mayRemove(spec.stage) ? [[{ ...button('remove'), style: 'danger' as const }]] : []),
      [said.button('staff.button.back', `pl:open:${id}`)],
    ],
  };
}

/** Lines below a heading, or a dash where there are none. */
function orNone(lines: Param[]): Param {
  return lines.length > 0 ? { lines } : '—';
}

/** Which fields each result asks for: a press asks for one more, or for one less. */
export async function drawNeeds(
  { db, words }: Deps,
  member: Member,
  id: string,
  stage: string,
  outcome?: string,
): Promise<Rendered | undefined> {
  const said = speech(words, member);
  const pipeline = newestOf(await readPipelines(db), id);
  const outcomes = pipeline.stages.find((one) => one.stage === stage)?.outcomes ?? [];
  const chosen =
    outcomes.find((one) => one.id === outcome) ?? (outcomes.length === 1 ? outcomes[0] : undefined);
  const back = said.button('staff.button.back', `pl:stage:${id}:${stage}`);
  if (!chosen)
    return {
      text: said.text('pipeline.whichOutcome'),
      buttons: [
        ...outcomes.map((one) => [
          { label: outcomeLabel(said, one), data: `pl:needs:${id}:${stage}:${one.id}` },
        ]),
        [back],
      ],
    };
  const fields = [...Object.keys(builtInFields), ...pipeline.fields.map(({ id: own }) => own)];
  return {
    text: said.text('pipeline.whichFields', { outcome: outcomeLabel(said, chosen) }),
    buttons: [
      ...inRows(
        fields.map((field) => ({
          label:
            `${chosen.needs.some((one) => one === field) ? '✅' : '▫️'} ${said.label(fieldIn(pipeline, field))}`.slice(
              0,
              60,
            ),
          data: `pl:need:${id}:${stage}:${chosen.id}:${field}`,
        })),
        1,
      ),
      [back],
    ],
  };
}

/** What moving to the newest version would do, before it is done. */
export async function drawPlan({ db, words }: Deps, member: Member, id: string): Promise<Rendered> {
  const said = speech(words, member);
  const all = await readPipelines(db);
  const next = newestOf(all, id);
  const steps = movePlan(all, await readOpenApplications(db, all), next);
  const stages = all.filter((one) => one.id === id).flatMap((one) => one.stages);
  const called = (stage: Stage): Name => specName(stages.find((one) => one.stage === stage) ?? { stage });
  const lines = steps.map(({ from, to, count }) =>
    said.text(from === to ? 'pipeline.planStays' : 'pipeline.planMoves', {
      count,
      from: called(from),
      to: called(to),
    }),
  );
  return {
    text: [
      said.text('pipeline.planTitle', { version: next.version }),
      ...(lines.length > 0 ? lines : [said.text('pipeline.planNone')]),
    ].join('\n'),
    buttons: [
      ...(lines.length > 0
        ? [[said.button('pipeline.button.moveNow', `pl:moveNow:${id}`, { style: 'success' })]]
        : []),
      [said.button('staff.button.back', `pl:open:${id}`)],
    ],
  };
}

function outcomeLabel(said: Speech, outcome: Outcome): string {
  return said.label(outcomeName(outcome));
}

/** A time limit in hours and minutes of working time. */
function limitOf(
  { task }: StageSpec,
  policy: Policy,
): Name | { key: string; params: { hours: number; minutes: number } } {
  if (!task) return { key: 'pipeline.noLimit' };
  const minutes = task.minutes ?? policy.sla[task.kind].minutes;
  const params = { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
  return {
    key:
      params.hours === 0
        ? 'pipeline.limitMinutes'
        : params.minutes === 0
          ? 'pipeline.limitHours'
          : 'pipeline.limit',
    params,
  };
}
