import { z } from 'zod';
import { nameSchema } from '../../flows/pipelines/pipeline.ts';
import { sourceNames } from '../../flows/sites/sourceNames.ts';
import { file, id, moment, stage } from './common.ts';
import { interviewSchema } from './interviewSchema.ts';

const score = z.object({
  points: z.number(),
  of: z.number(),
  fits: z.boolean(),
});

/** A call of theirs: without `talk` nobody answered. */
const call = {
  talk: z.number().optional().meta({ description: 'api.field.talk' }),
  record: z.string().optional().meta({ description: 'api.field.record' }),
};

const arrival = z.object({
  source: z.enum(sourceNames),
  id: z.string(),
  at: moment,
  links: z.array(z.object({ kind: z.enum(['resume', 'whatsapp', 'chat']), url: z.string() })),
  note: z.string().optional(),
  call: z.object(call).optional(),
});

const lead = {
  id,
  candidate: id,
  name: z.string().optional().meta({ description: 'api.field.name' }),
  vacancy: id,
  source: z.string().meta({ description: 'api.field.source' }),
  arrivals: z.array(arrival).meta({ description: 'api.field.arrivals' }),
  createdAt: moment,
  stage,
  stageAt: moment,
  recruiter: id.optional().meta({ description: 'api.field.recruiter' }),
  taken: moment.optional().meta({ description: 'api.field.taken' }),
  interview: interviewSchema.optional(),
};

/** An application as a list shows it. */
export const leadSchema = z.object({ ...lead, score: score.optional() }).meta({ id: 'Lead' });

/** One candidate on one vacancy, with everything that is known. */
export const applicationSchema = z
  .object({
    ...lead,
    moves: z.array(stage).meta({ description: 'api.field.moves' }),
    outcomes: z
      .array(z.object({ id, to: stage, needs: z.array(z.string()) }))
      .meta({ description: 'api.field.outcomes' }),
    fields: z
      .array(
        z.object({ field: z.string(), value: z.union([z.string(), z.number()]), by: z.string(), at: moment }),
      )
      .meta({ description: 'api.field.fields' }),
    calls: z
      .object({
        attempts: z.array(z.object({ at: moment, by: z.string(), result: z.string() })),
        missed: z.number(),
        after: moment.optional().meta({ description: 'api.field.callAfter' }),
        promisedBy: id.optional(),
        wrongNumber: z.boolean(),
        reserveAt: moment.optional(),
        rang: z
          .object({ at: moment, ...call })
          .optional()
          .meta({ description: 'api.field.rang' }),
      })
      .optional()
      .meta({ description: 'api.field.calls' }),
    screened: moment.optional(),
    answers: z
      .array(
        z.object({
          question: id,
          asked: z.string(),
          kind: z.string(),
          value: z.union([z.string(), z.number(), z.array(z.string())]),
          text: z.string(),
          at: moment,
          skipped: z.boolean().optional(),
          file: file.optional(),
        }),
      )
      .meta({ description: 'api.field.answers' }),
    score: score
      .extend({
        rules: z.array(
          z.object({
            question: id,
            fits: z.boolean(),
            points: z.number(),
            of: z.number(),
            knockOut: z.boolean(),
          }),
        ),
      })
      .optional(),
    refusal: z
      .object({
        reason: z.string(),
        text: z.string().optional(),
        by: z.string(),
        at: moment,
        messageAt: moment.optional().meta({ description: 'api.field.messageAt' }),
        messageSent: z.boolean(),
        evidence: z.array(file),
      })
      .optional(),
    undo: z
      .object({ act: z.string(), by: z.string(), at: moment })
      .optional()
      .meta({ description: 'api.field.undo' }),
    tasks: z.array(
      z.object({
        id,
        kind: z.string(),
        member: id,
        createdAt: moment,
        due: moment,
        done: moment.optional(),
        note: z.string().optional(),
        also: id.optional().meta({ description: 'api.field.taskAlso' }),
        moves: z.number().meta({ description: 'api.field.taskMoves' }),
        checklist: z
          .array(z.object({ line: id, name: nameSchema, ticked: z.boolean() }))
          .meta({ description: 'api.field.checklist' }),
      }),
    ),
    notes: z.array(z.object({ at: moment, by: z.string(), text: z.string(), task: id.optional() })),
    files: z.array(file.extend({ at: moment, by: z.string() })),
  })
  .meta({ id: 'Application' });
