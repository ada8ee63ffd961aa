import { z } from 'zod';
import { kindsOfCalls } from '../../flows/clientCalls/callKinds.ts';
import { id, moment } from './common.ts';

const terms = z.strictObject({
  startDate: moment.optional(),
  price: z.number().min(0).max(1e12).optional(),
  currency: z.string().trim().min(1).max(10).optional().meta({ example: 'USD' }),
  contract: z.url({ protocol: /^https?$/ }).optional(),
});

/** How one of the people did at a call. */
export const personReportSchema = z.strictObject({
  application: id,
  summary: z.string().max(1000).default(''),
  result: z.string().max(1000).default(''),
  verdict: z.enum(['hired', 'chosen', 'refused', 'open']).meta({ description: 'api.field.callVerdict' }),
  terms: terms.optional().meta({ description: 'api.field.callTerms' }),
});

/** A call with a client, with what came of it and what is still to be sent. */
export const clientCallSchema = z
  .object({
    id,
    kind: z.enum(kindsOfCalls).meta({ description: 'api.field.callKind' }),
    start: moment,
    manager: id.meta({ description: 'api.field.callManager' }),
    company: z.string(),
    client: id.optional(),
    people: z.array(id).meta({ description: 'api.field.callPeople' }),
    lead: id.optional(),
    cancelled: moment.optional(),
    result: z
      .object({
        at: moment,
        by: z.string(),
        mark: z.enum(['results', 'freshResults']),
        answers: z.record(z.string(), z.string()).meta({ description: 'api.field.callAnswers' }),
        people: z.array(
          z.object({
            ...personReportSchema.shape,
            summary: z.string(),
            result: z.string(),
          }),
        ),
      })
      .optional(),
    todo: z
      .array(z.object({ id: z.string(), text: z.string().optional(), done: moment.optional() }))
      .meta({ description: 'api.field.callTodo' }),
    due: moment.optional(),
  })
  .meta({ id: 'ClientCall' });
