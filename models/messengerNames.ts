import { z } from 'zod';
import type { Database } from './database.ts';

const shape = z.object({ whatsapp: z.string().optional(), max: z.string().optional() });
const setting = 'messengerNames';

/** What the agency is called where people write to it: a number's digits in WhatsApp, a bot's name in MAX. */
export type MessengerNames = z.output<typeof shape>;

/** Remember what a messenger said of us at the start; whoever makes links looks there. */
export async function keepName(
  db: Pick<Database, 'settings'>,
  channel: keyof MessengerNames,
  name: string | undefined,
): Promise<void> {
  if (!name) return;
  const set = { [`value.${channel}`]: name };
  await db.settings.updateOne({ _id: setting }, { $set: set }, { upsert: true });
}

export async function readNames(db: Pick<Database, 'settings'>): Promise<MessengerNames> {
  const parsed = shape.safeParse((await db.settings.findOne({ _id: setting }))?.value);
  return parsed.success ? parsed.data : {};
}
