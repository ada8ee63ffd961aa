import { z } from 'zod';
import { moment } from './common.ts';

/** A writing request, as the audit log keeps it: who, what, when and how it ended; never what was in it. */
export const callSchema = z
  .object({
    id: z.string(),
    at: moment,
    by: z.string().meta({ description: 'api.field.callBy' }),
    method: z.string(),
    path: z.string(),
    member: z.string().optional(),
    status: z.number().optional().meta({ description: 'api.field.callStatus' }),
    code: z.string().optional(),
  })
  .meta({ id: 'Call' });
