import { z } from 'zod';
import { slotSchema } from './vacancySchema.ts';

/** Why a request was not carried out (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string().meta({ description: 'api.field.code' }),
    detail: z.string(),
    instance: z.string().optional().meta({ description: 'api.field.instance' }),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'api.field.errors' }),
    similar: z.array(z.string()).optional().meta({ description: 'api.field.similar' }),
    nearest: z.array(slotSchema).optional().meta({ description: 'api.field.nearest' }),
  })
  .meta({ id: 'Problem' });
