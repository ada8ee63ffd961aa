import { chatLink } from '../flows/links/chatLinks.ts';
import type { Database } from '../models/database.ts';
import { readNames } from '../models/messengerNames.ts';
import type { Reader, Words } from '../runtime/words.ts';

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
  const names = { username: '', ...(await readNames(db)) };
  const greeting = `${words.label(reader, { key: 'whatsapp.greeting' })} [${token}]`;
  const all = [
    ...(here.whatsapp ? [{ name: 'WhatsApp', url: chatLink('whatsapp', names, token, greeting) }] : []),
    ...(here.max ? [{ name: 'MAX', url: chatLink('max', names, token, greeting) }] : []),
  ];
  return all.flatMap(({ name, url }) => (url ? [{ name, url }] : []));
}
