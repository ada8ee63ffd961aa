import { z } from 'zod';
import { fieldId, stageId } from '../../flows/pipelines/pipeline.ts';

/** The parts every schema is made of. A description is a key of the locales: the document is made in words later. */
export const id = z.string().min(1).max(100);
export const moment = z.iso.datetime({ offset: true }).meta({ example: '2026-11-25T09:00:00.000Z' });
export const text = z.string().trim().min(1).max(4000);

/** Text in several languages, by language code. */
export const words = z
  .record(z.string(), z.string())
  .meta({ description: 'api.field.words', example: { en: 'Cashier' } });

export const format = z.enum(['phone', 'zoom', 'office']).meta({ description: 'api.field.format' });

export const stage = stageId.meta({ description: 'api.field.stage' });
export const field = fieldId.meta({ description: 'api.field.field', example: 'startDate' });

export const attendance = z
  .enum(['came', 'warned', 'notWarned'])
  .meta({ description: 'api.field.attendance' });

export const file = z.object({
  name: z.string(),
  kind: z.enum(['document', 'photo', 'voice', 'other']),
  size: z.number().optional(),
});

export const byId = z.strictObject({ id });

/** A list, a page at a time. */
export function pageSchema<S extends z.ZodType>(name: string, item: S) {
  return z
    .object({
      items: z.array(item),
      next: z.string().optional().meta({ description: 'api.field.next' }),
    })
    .meta({ id: name });
}
