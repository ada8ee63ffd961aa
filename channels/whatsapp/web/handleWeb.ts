import type { Happened } from '../../../flows/event.ts';
import type { Handler } from '../../../runtime/channel.ts';
import type { Reception } from '../../../runtime/makeReception.ts';
import type { Receipts } from '../../../runtime/receipts.ts';
import type { Choices } from '../../makeChoices.ts';
import { hearText } from '../hearText.ts';
import { type WebUpdate, webUpdate } from './readWeb.ts';

type Message = Extract<WebUpdate, { what: 'message' }>;

/** One thing that the web client brought, from the inbox. */
export function makeWebHandler(deps: {
  choices: Choices;
  reception: Reception;
  receipts: Receipts;
}): Handler {
  return async (raw, hold) => {
    const update = webUpdate.parse(raw);
    if (update.what === 'receipt') {
      const { id: messageId, state, at } = update;
      return deps.receipts({ channel: 'whatsapp', messageId, state, at });
    }
    const once = update.edited ? `:edited:${update.editedAt ?? 0}` : '';
    await deps.reception(`wa:${update.id}${once}`, await happenedOf(deps.choices, update), hold);
  };
}

async function happenedOf(choices: Choices, message: Message): Promise<Happened> {
  const { address, name, type, text, edited, forwarded, quoted, file } = message;
  const heard = { reach: { channel: 'whatsapp' as const, address }, person: name ? { name } : {} };
  const arrived = { type: 'messageArrived' as const, ...heard };
  const said = text === undefined ? {} : { text };
  if (edited) return { ...arrived, kind: 'edited', ...said };
  if (type === 'vcard') {
    const phone = /^TEL[^:]*:\s*(.+)$/im.exec(text ?? '')?.[1]?.replace(/[^\d+]/g, '') ?? '';
    return { ...arrived, kind: 'contact', contact: { phone, own: phone === address } };
  }
  if (type === 'sticker') return { ...arrived, kind: 'sticker' };
  if (file) return { ...arrived, kind: file.kind === 'voice' ? 'voice' : 'file', file, ...said };
  if (text === undefined || type !== 'chat') return { ...arrived, kind: 'other' };
  if (forwarded) return { ...arrived, kind: 'forwarded', text };
  return hearText(choices, heard, text, quoted);
}
