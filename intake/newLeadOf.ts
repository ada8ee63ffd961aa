import { isLink } from '../flows/isLink.ts';
import { parseEmail } from '../flows/parseEmail.ts';
import type { NewLead } from '../runtime/desk.ts';
import { parsePhone } from '../runtime/readFacts.ts';
import type { FoundLead, SourceName } from './source.ts';

const longestName = 100;
const longestNote = 1_000;
const longestLink = 1_000;

/** A lead as the desk takes it: what a source says is cut to what a card can hold, and nothing of it is lost. */
export function newLeadOf(id: string, source: SourceName, vacancy: string, lead: FoundLead): NewLead {
  const name = lead.name?.trim().replace(/\s+/g, ' ').slice(0, longestName);
  const email = lead.email === undefined ? undefined : parseEmail(lead.email);
  const phone = lead.phone === undefined ? undefined : parsePhone(lead.phone);
  const links = (lead.links ?? []).filter(({ url }) => isLink(url) && url.length <= longestLink).slice(0, 6);
  // A number nobody can ring is read by whoever takes the lead.
  const note = [phone === undefined ? lead.phone?.trim() : undefined, lead.note?.trim()]
    .filter((text) => text)
    .join('\n')
    .slice(0, longestNote);
  return {
    id,
    vacancy,
    source,
    by: 'bot',
    ...(name && { name }),
    ...(phone !== undefined && { phone }),
    ...(email !== undefined && { email }),
    arrival: {
      source,
      id: lead.id,
      at: lead.at.getTime(),
      ...(links.length > 0 && { links }),
      ...(note && { note }),
      ...(lead.without && { without: lead.without }),
      ...(lead.call && { call: lead.call }),
    },
  };
}
