import type { LeadLink } from '../../flows/sites/foundLead.ts';
import type { RenderedButton } from '../../runtime/words.ts';
import type { CardFacts } from './cardFacts.ts';

const kinds: LeadLink['kind'][] = ['resume', 'whatsapp', 'chat'];

/** Why there is nothing to reach them by, and what they wrote with their response, the latest of them. @param longest how many characters of it */
export function arrivalLines({ speech, application, candidate }: CardFacts, longest: number): string[] {
  const note = application.arrivals?.findLast((one) => one.note !== undefined)?.note;
  const { without } = application.arrivals?.at(-1) ?? {};
  const reached = candidate.phone !== undefined || candidate.email !== undefined;
  const hidden = without && !reached ? [speech.text(`staff.card.without.${without}`)] : [];
  if (note === undefined || longest === 0) return hidden;
  const text = note.length > longest ? `${note.slice(0, longest)}…` : note;
  return [...hidden, speech.text('staff.card.arrival', { text })];
}

/** The way to the person's own pages: résumé, WhatsApp, the chat at the source; the latest of each. */
export function linkRow({ speech, application }: CardFacts): RenderedButton[] {
  const all = (application.arrivals ?? []).flatMap(({ links = [], source }) =>
    links.map((link) => ({ ...link, source })),
  );
  return kinds.flatMap((kind) => {
    const link = all.findLast((one) => one.kind === kind);
    if (!link) return [];
    const params = { source: { key: `source.${link.source}` } };
    return [{ label: speech.plain(`staff.card.link.${kind}`, params), url: link.url }];
  });
}
