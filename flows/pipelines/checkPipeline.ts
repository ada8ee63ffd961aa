import type { Name, Pipeline } from './pipeline.ts';
import { outcomeName } from './stageName.ts';
import { isOpen, isOwn, type Stage } from './stages.ts';

/** What is wrong with a pipeline: the words are `pipeline.fault.<code>`. */
export interface PipelineFault {
  code:
    | 'start'
    | 'twice'
    | 'noSuchStage'
    | 'unreachable'
    | 'noExit'
    | 'noTask'
    | 'noWords'
    | 'noSuchField'
    | 'noEnd'
    | 'twoWays';
  stage?: Stage;
  /** What is missing: a stage, a field, an outcome, a language. */
  what?: string;
}

/** Ways that events go by themselves: a booked window, an answer about attendance, a withdrawal in chat. */
const byItself: Partial<Record<Stage, Stage[]>> = {
  screening: ['review', 'invited', 'refused'],
  invited: ['interview'],
  interview: ['decision', 'invited'],
  agreeing: ['clientInterview'],
};

/** Where a withdrawal, a refusal, a blacklisting must be able to lead in any pipeline. */
const ends: Stage[] = ['reserve', 'refused', 'blacklist', 'withdrawn'];

/**
 * Look whether a pipeline can be walked: every stage is reached and left, everybody who has to act has a task with a
 * time limit, everything that is said is said in each language.
 *
 * @param has whether the locale of a language has a key
 */
export function checkPipeline(
  pipeline: Pipeline,
  langs: readonly string[],
  has: (lang: string, key: string) => boolean,
): PipelineFault[] {
  const faults: PipelineFault[] = [];
  const known = new Set(pipeline.stages.map(({ stage }) => stage));
  const reached = reachable(pipeline, known);
  const add = (code: PipelineFault['code'], stage?: Stage, what?: string) =>
    faults.push({ code, ...(stage && { stage }), ...(what !== undefined && { what }) });
  const said = (name: Name, stage: Stage | undefined, what: string) => {
    for (const lang of langs)
      if ('key' in name ? !has(lang, name.key) : !name.words[lang])
        add('noWords', stage, `${what} (${lang})`);
  };

  if (pipeline.stages[0]?.stage !== 'screening') add('start');
  said(pipeline.name, undefined, pipeline.id);
  for (const stage of ends) if (!known.has(stage)) add('noEnd', undefined, stage);
  const fields = new Set<string>(pipeline.fields.map(({ id }) => id));
  const seen = new Set<Stage>();
  for (const { stage, name, actor, task, outcomes, moves, messages } of pipeline.stages) {
    if (seen.has(stage)) add('twice', stage);
    seen.add(stage);
    if (!reached.has(stage)) add('unreachable', stage);
    const own = isOwn(stage);
    if (name) said(name, stage, stage);
    else if (own) add('noWords', stage, stage);
    for (const to of new Set([...outcomes.map((one) => one.to), ...moves]))
      if (!known.has(to)) add('noSuchStage', stage, to);
    const ids = outcomes.map(({ id }) => id);
    for (const id of new Set(ids)) if (ids.filter((one) => one === id).length > 1) add('twoWays', stage, id);
    for (const outcome of outcomes) {
      const { id, needs } = outcome;
      said(outcomeName(outcome), stage, id);
      for (const field of needs) if (isOwn(field) && !fields.has(field)) add('noSuchField', stage, field);
    }
    for (const { text, to } of messages) said(text, stage, to);
    for (const line of [...(task?.checklist ?? []), ...(task?.hint ? [task.hint] : [])])
      said(line, stage, 'task');
    if (!isOpen(stage)) continue;
    if (outcomes.length + moves.length + (byItself[stage] ?? []).length === 0) add('noExit', stage);
    if (actor !== 'nobody' && !task) add('noTask', stage);
  }
  return faults;
}

function reachable(pipeline: Pipeline, known: ReadonlySet<Stage>): Set<Stage> {
  const [first] = pipeline.stages;
  const reached = new Set<Stage>(ends);
  const queue: Stage[] = first ? [first.stage] : [];
  for (let stage = queue.shift(); stage; stage = queue.shift()) {
    if (reached.has(stage) && !ends.includes(stage)) continue;
    reached.add(stage);
    const spec = pipeline.stages.find((one) => one.stage === stage);
    const next = [
      ...(spec?.outcomes.map(({ to }) => to) ?? []),
      ...(spec?.moves ?? []),
      ...(byItself[stage] ?? []),
    ];
    for (const to of next) if (known.has(to) && !reached.has(to)) queue.push(to);
  }
  return reached;
}
