import { z } from 'zod';
import { fieldNames } from './fields.ts';
import { builtInStages } from './stages.ts';
import { stageTasks } from './stageTasks.ts';

const code = z.string().regex(/^[a-zA-Z]\w{0,19}$/);
/** An agency's own stage or field: `own:` and a code. */
const own = z.templateLiteral(['own:', code]);
export const stageId = z.union([z.enum(builtInStages), own]);
export const fieldId = z.union([z.enum(fieldNames), own]);
const text = z.string().trim().min(1).max(300);
/** Words of the agency's own, or a key of the locales: what ships is named by keys. */
export const nameSchema = z.union([
  z.strictObject({ words: z.object({ ru: text }).catchall(text) }),
  z.strictObject({ key: z.string().max(80) }),
]);

/** A result of a stage: its button, where it leads, and what must be known before. */
const outcome = z.strictObject({
  id: code,
  to: stageId,
  /** Unset: the locale's `pipeline.outcome.<id>`. */
  name: nameSchema.optional(),
  style: z.enum(['success', 'danger', 'primary']).optional(),
  needs: z.array(fieldId).max(10).default([]),
  /** Where it leads to a refusal or a withdrawal: the reason that is put down. */
  reason: z.string().max(60).optional(),
});

/** What the one whose turn it is has to do, in working time of theirs. */
const task = z.strictObject({
  /** One of the policy's kinds, with its time limit; `step` for an own stage. */
  kind: z.enum(stageTasks),
  /** Unset: the policy's. */
  minutes: z.number().int().min(1).max(20_160).optional(),
  /** The head has it too: both see it, either finishes it. */
  head: z.boolean().optional(),
  checklist: z.array(nameSchema).max(20).optional(),
  hint: nameSchema.optional(),
  training: z.url({ protocol: /^https$/ }).optional(),
});

/** What somebody is told when an application comes to the stage: `{name}` and `{vacancy}` are put in. */
const message = z.strictObject({
  to: z.enum(['candidate', 'recruiter', 'client', 'head']),
  text: nameSchema,
});

const stageSpec = z.strictObject({
  stage: stageId,
  /** Unset: the locale's `staff.stage.<stage>`. */
  name: nameSchema.optional(),
  actor: z.enum(['bot', 'candidate', 'recruiter', 'head', 'client', 'nobody']),
  task: task.optional(),
  outcomes: z.array(outcome).max(8).default([]),
  /** Where a recruiter may move it by hand, besides the outcomes. */
  moves: z.array(stageId).max(20).default([]),
  messages: z.array(message).max(6).default([]),
});

/** A field of an agency's own, asked for by a stage. */
const ownField = z.strictObject({
  id: own,
  name: nameSchema,
  kind: z.enum(['text', 'number', 'date', 'link']),
});

/**
 * The way of an application, as data: stages in order, who acts, what is asked for, where it can go. A version is
 * never changed: an edit makes the next one, and what is under way keeps the one it began with.
 */
export const pipelineSchema = z.strictObject({
  id: code,
  version: z.number().int().min(1),
  name: nameSchema,
  stages: z.array(stageSpec).min(2).max(30),
  fields: z.array(ownField).max(20).default([]),
});

/** A name that the agency gave, or the locales' own. */
export type Name = z.output<typeof nameSchema>;
export type Pipeline = z.output<typeof pipelineSchema>;
export type StageSpec = z.output<typeof stageSpec>;
export type Outcome = z.output<typeof outcome>;
export type StageTask = z.output<typeof task>;
/** As a template is written: what is empty may be left out. */
export type PipelineDraft = z.input<typeof pipelineSchema>;
