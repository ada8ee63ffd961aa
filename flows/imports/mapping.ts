import { z } from 'zod';

/** What a column may hold; `note` is what no field has: it is kept under its heading. `skip`: left out by hand. */
export const importFields = [
  'name',
  'surname',
  'firstName',
  'patronymic',
  'phone',
  'email',
  'telegram',
  'city',
  'birthday',
  'vacancy',
  'stage',
  'source',
  'recruiter',
  'appliedAt',
  'interviewAt',
  'note',
  'skip',
] as const;
export type ImportField = (typeof importFields)[number];

/** Several columns may be these; of every other field there is one column. */
export const manyOf: ReadonlySet<ImportField> = new Set<ImportField>(['phone', 'email', 'note', 'skip']);

/** The stages an imported application may be put to: those that need no meeting, no window and no dates. */
export const importStages = [
  'review',
  'call',
  'invited',
  'decision',
  'hired',
  'dismissed',
  'reserve',
  'refused',
  'withdrawn',
  'blacklist',
] as const;
export type ImportStage = (typeof importStages)[number];

/**
 * How a table becomes people: data, kept with the import, changed by buttons or by the API. Values are those of the
 * table's own cells, as `plainText` sees them.
 */
export const mappingSchema = z.strictObject({
  /** By column, from the left. */
  columns: z.array(z.enum(importFields)).max(120),
  /** What the table calls its vacancies: an id, `none` (the word is kept in the note), or `skip` (so are its rows). */
  vacancies: z.array(z.strictObject({ value: z.string().max(300), to: z.string().min(1).max(60) })).max(200),
  stages: z
    .array(
      z.strictObject({
        value: z.string().max(300),
        to: z.union([z.enum(importStages), z.literal('none')]),
      }),
    )
    .max(200),
  /** For rows that name no vacancy; unset: they stand in the base without one. */
  vacancy: z.string().max(60).optional(),
  /** For rows that name no stage we know. */
  stage: z.enum(importStages),
});
export type Mapping = z.output<typeof mappingSchema>;
