import type { Application } from '../candidate.ts';
import type { Param } from '../effect.ts';
import { builtInFields, type FieldId, type FieldKind } from './fields.ts';
import type { Name, Pipeline } from './pipeline.ts';
import { isOwn } from './stages.ts';
import { pipelineOf } from './specOf.ts';

type Placed = Pick<Application, 'stage' | 'pipeline'>;

/** What a field is called: the agency's own words, or the locales' `pipeline.field.<id>`. */
export function fieldName(pipelines: readonly Pipeline[], application: Placed, field: FieldId): Name {
  return fieldIn(pipelineOf(pipelines, application), field);
}

/** What a pipeline calls a field. */
export function fieldIn({ fields }: Pick<Pipeline, 'fields'>, field: string): Name {
  const own = fields.find(({ id }) => id === field);
  return own?.name ?? { key: `pipeline.field.${isOwn(field) ? 'own' : field}` };
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

/** What is missing, a line each. */
export function missingLines(
  pipelines: readonly Pipeline[],
  application: Placed,
  missing: readonly FieldId[],
): { lines: Param[] } {
  return {
    lines: missing.map((field) => ({
      key: 'pipeline.missingLine',
      params: { field: fieldName(pipelines, application, field) },
    })),
  };
}
