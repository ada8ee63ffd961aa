import { z } from 'zod';
import { id } from './common.ts';

/** Someone of the agency, or a client's contact person. */
export const memberSchema = z
  .object({
    id,
    role: z.enum(['head', 'recruiter', 'client']),
    name: z.string(),
    lang: z.string(),
    zone: z.string(),
    active: z.boolean(),
    linked: z.boolean().meta({ description: 'api.field.linked' }),
    hours: z.object({
      week: z
        .record(z.string(), z.array(z.tuple([z.string(), z.string()])))
        .meta({ description: 'api.field.week', example: { 1: [['10:00', '19:00']] } }),
      off: z.array(z.string()),
      buffer: z.number().meta({ description: 'api.field.buffer' }),
    }),
    company: z.string().optional(),
    phone: z.string().optional(),
  })
  .meta({ id: 'Member' });
