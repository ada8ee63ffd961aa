import type { Application } from '../candidate.ts';
import { builtInFields, type FieldId, type FieldKind } from './fields.ts';
import type { Name, Pipeline } from './pipeline.ts';
import { pipelineOf } from './specOf.ts';

type Placed = Pick<Application, 'stage' | 'pipeline'>;

/** What a field is called: the agency's own words, or the locales' `pipeline.field.<id>`. */
export function fieldName(pipelines: readonly Pipeline[], application: Placed, field: FieldId): Name {
  const own = pipelineOf(pipelines, application).fields.find(({ id }) => id === field);
  return own?.name ?? { key: `pipeline.field.${field.startsWith('own:') ? 'own' : field}` };
}

/** What kind of value a field takes; undefined when the pipeline has no such field. */
export function fieldKind(
  pipelines: readonly Pipeline[],
  application: Placed,
  field: FieldId,
): FieldKind | undefined {
  const own = pipelineOf(pipelines, application).fields.find(({ id }) => id === field);
  if (own) return own.kind;
  const kinds: Partial<Record<string, FieldKind>> = builtInFields;
  return kinds[field];
}
