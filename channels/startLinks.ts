import { z } from 'zod';
import type { Database } from '../models/database.ts';
import type { Reader, Words } from '../runtime/words.ts';

/** What the agency is called where people write to it: a number's digits in WhatsApp, a bot's name in MAX. */
const namesShape = z.object({ whatsapp: z.string().optional(), max: z.string().optional() });
const setting = 'messengerNames';

/** Remember what a messenger said of us at the start; whoever makes links looks there. */
export async function keepName(
  db: Pick<Database, 'settings'>,
  channel: 'whatsapp' | 'max',
  name: string | undefined,
): Promise<void> {
  if (!name) return;
  const set = { [`value.${channel}`]: name };
  await db.settings.updateOne({ _id: setting }, { $set: set }, { upsert: true });
}

/**
 * The same start in the other messengers that are set up here. WhatsApp has no deep links: its link prepares a message
 * that ends with the code in square brackets (`whatsapp/hearText.ts`); MAX's are like Telegram's.
 */
export async function startLinks(
  db: Pick<Database, 'settings'>,
  here: { whatsapp?: unknown; max?: boolean },
  words: Words,
  reader: Reader,
  token: string,
): Promise<{ name: string; url: string }[]> {
  const parsed = namesShape.safeParse((await db.settings.findOne({ _id: setting }))?.value);
  const { whatsapp, max } = parsed.success ? parsed.data : {};
  const greeting = `${words.label(reader, { key: 'whatsapp.greeting' })} [${token}]`;
  return [
    ...(here.whatsapp && whatsapp
      ? [{ name: 'WhatsApp', url: `https://wa.me/${whatsapp}?text=${encodeURIComponent(greeting)}` }]
      : []),
    ...(here.max && max ? [{ name: 'MAX', url: `https://max.ru/${max}?start=${token}` }] : []),
  ];
}
