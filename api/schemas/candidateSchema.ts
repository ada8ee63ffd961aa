import { z } from 'zod';
import { leadSchema } from './applicationSchema.ts';
import { id, moment } from './common.ts';

/** A person, once, with every application of theirs. */
export const candidateSchema = z
  .object({
    id,
    createdAt: moment,
    name: z.string().optional(),
    phone: z.string().optional(),
    city: z.string().optional(),
    lang: z.string(),
    zone: z.string(),
    channels: z.array(
      z.object({ channel: z.string(), blocked: z.boolean().meta({ description: 'api.field.blocked' }) }),
    ),
    consent: z
      .object({ version: z.string(), at: moment })
      .optional()
      .meta({ description: 'api.field.consent' }),
    stopped: z.boolean().meta({ description: 'api.field.stopped' }),
    blacklisted: z.object({ at: moment, by: z.string(), reason: z.string() }).optional(),
    relay: z.object({ member: id, until: moment }).optional().meta({ description: 'api.field.relay' }),
    asked: z.string().optional().meta({ description: 'api.field.asked' }),
    notes: z
      .array(z.object({ at: moment, by: z.string(), text: z.string(), table: z.string().optional() }))
      .meta({ description: 'api.field.personNotes' }),
    also: z
      .object({ names: z.array(z.string()), phones: z.array(z.string()), emails: z.array(z.string()) })
      .optional()
      .meta({ description: 'api.field.also' }),
    joined: z.array(id).meta({ description: 'api.field.joined' }),
    join: z
      .object({ from: id, at: moment, by: z.string() })
      .optional()
      .meta({ description: 'api.field.join' }),
    forgotten: z
      .object({
        at: moment,
        by: z.string(),
        consent: z.object({ version: z.string(), at: moment }).optional(),
      })
      .optional()
      .meta({ description: 'api.field.forgotten' }),
    applications: z.array(leadSchema),
  })
  .meta({ id: 'Candidate' });

const card = z.object({ id, name: z.string().optional(), phone: z.string().optional() });

/** Two cards that look like one person's. */
export const duplicateSchema = z
  .object({
    elder: card,
    younger: card,
    signs: z
      .array(z.enum(['phone', 'email', 'messenger', 'birthday', 'namesake']))
      .meta({ description: 'api.field.signs' }),
  })
  .meta({ id: 'Duplicate' });
