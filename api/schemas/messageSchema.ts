import { z } from 'zod';
import { file, id, moment } from './common.ts';

/** A line of the history: a message out, a message in, or a fact. */
export const messageSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['out', 'in', 'fact']).meta({ description: 'api.field.messageKind' }),
    at: moment,
    application: id.optional(),
    to: z
      .object({
        candidate: id.optional(),
        member: id.optional(),
        desk: id.optional(),
        source: id.optional(),
        response: id.optional(),
      })
      .optional()
      .meta({ description: 'api.field.to' }),
    status: z
      .enum(['pending', 'sending', 'sent', 'uncertain', 'failed', 'superseded'])
      .optional()
      .meta({ description: 'api.field.messageStatus' }),
    notBefore: moment.optional().meta({ description: 'api.field.notBefore' }),
    sentAt: moment.optional(),
    key: z.string().optional().meta({ description: 'api.field.messageKey' }),
    text: z.string().optional().meta({ description: 'api.field.messageText' }),
    file: file.optional(),
    what: z.string().optional().meta({ description: 'api.field.what' }),
    by: z.string().optional().meta({ description: 'api.field.by' }),
  })
  .meta({ id: 'Message' });
