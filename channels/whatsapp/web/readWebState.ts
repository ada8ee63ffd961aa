import { z } from 'zod';
import type { Database } from '../../../models/database.ts';
import { webSetting } from './webSetting.ts';

const shape = z.object({
  state: z.enum(['starting', 'link', 'ready', 'lost']),
  qr: z.string().optional(),
});

/** How the linked WhatsApp stands, as its channel wrote it down. */
export async function readWebState(db: Pick<Database, 'settings'>): Promise<z.output<typeof shape>> {
  const parsed = shape.safeParse((await db.settings.findOne({ _id: webSetting }))?.value);
  return parsed.success ? parsed.data : { state: 'starting' };
}
