import type { Application } from '../candidate.ts';
import type { Pipeline, StageSpec } from './pipeline.ts';
import { shippedPipelines } from './shipped.ts';
import type { Stage } from './stages.ts';

const [first] = shippedPipelines;
if (!first) throw new Error('no pipeline ships');
const fallback = first;

type Placed = Pick<Application, 'stage'> & { pipeline?: Application['pipeline'] };

/** The version of the pipeline that an application goes by: the one it began with. */
export function pipelineOf(pipelines: readonly Pipeline[], { pipeline }: Placed): Pipeline {
  const { id, version } = pipeline ?? fallback;
  return pipelines.find((one) => one.id === id && one.version === version) ?? fallback;
}

/** What its pipeline says of the stage an application stands at; one it does not have is left as the agency's is. */
export function specOf(pipelines: readonly Pipeline[], application: Placed): StageSpec {
  const at = (pipeline: Pipeline) => pipeline.stages.find(({ stage }) => stage === application.stage);
  return (
    at(pipelineOf(pipelines, application)) ??
    at(fallback) ?? { stage: application.stage, actor: 'recruiter', outcomes: [], moves: [], messages: [] }
  );
}

/** Everywhere a recruiter may bring an application from where it is: by an outcome or by hand. */
export function movesOf(pipelines: readonly Pipeline[], application: Placed): Stage[] {
  const { outcomes, moves } = specOf(pipelines, application);
  return [...new Set([...outcomes.map(({ to }) => to), ...moves])];
}

/** The newest version of a pipeline, for a new application. */
export function newestOf(pipelines: readonly Pipeline[], id: string | undefined): Pipeline {
  const versions = pipelines.filter((one) => one.id === (id ?? fallback.id));
  return versions.reduce((best, one) => (one.version > best.version ? one : best), versions[0] ?? fallback);
}
