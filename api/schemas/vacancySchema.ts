import { z } from 'zod';
import { sourceNames } from '../../flows/sites/sourceNames.ts';
import { format, id, moment, words } from './common.ts';

/** One of our vacancies as a source knows it. */
export const postingSchema = z
  .object({
    source: z.enum(sourceNames),
    id: z.string().min(1).max(24).meta({ description: 'api.field.posting', example: '1234567890' }),
  })
  .meta({ id: 'Posting' });

/** A vacancy with its questions, as the bot shows it and screens for it. */
export const vacancySchema = z
  .object({
    id,
    status: z.enum(['open', 'archived']),
    title: words,
    text: words,
    questions: z.array(
      z.object({
        id,
        kind: z.enum([
          'yesno',
          'choice',
          'several',
          'number',
          'text',
          'date',
          'city',
          'phone',
          'email',
          'file',
        ]),
        text: words,
        options: z.array(z.object({ id, text: words })).optional(),
        unit: words.optional(),
        min: z.number().optional(),
        max: z.number().optional(),
        optional: z.boolean().optional(),
        rule: z
          .object({
            expect: z.array(z.string()).optional(),
            min: z.number().optional(),
            max: z.number().optional(),
            points: z.number().optional(),
            knockOut: z.boolean().optional(),
          })
          .optional(),
      }),
    ),
    formats: z.array(format),
    address: z.string().optional(),
    link: z.string().optional(),
    notes: z.string().optional(),
    interviewers: z.array(id).meta({ description: 'api.field.interviewers' }),
    recruiters: z.array(id).meta({ description: 'api.field.recruiters' }),
    client: id.optional(),
    company: id.optional(),
    autoInvite: z.boolean().meta({ description: 'api.field.autoInvite' }),
    passScore: z.number().optional().meta({ description: 'api.field.passScore' }),
    places: z.number().optional().meta({ description: 'api.field.places' }),
    filled: z.boolean().meta({ description: 'api.field.filled' }),
    postings: z.array(postingSchema).meta({ description: 'api.field.postings' }),
    createdAt: moment,
  })
  .meta({ id: 'Vacancy' });

/** A free window of an interviewer. */
export const slotSchema = z.object({ interviewer: id, start: moment, end: moment }).meta({ id: 'Slot' });
