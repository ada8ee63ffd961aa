import { z } from 'zod';
import type { IncomingFile } from '../flows/question.ts';

/** A file as an update in the inbox names it. */
export const fileShape: z.ZodType<IncomingFile> = z.object({
  channel: z.enum(['telegram', 'kept']),
  id: z.string(),
  name: z.string(),
  kind: z.enum(['document', 'photo', 'voice', 'other']),
  size: z.number().optional(),
});
