import { z } from 'zod';
import type { FoundLead } from '../source.ts';

const text = z.string().nullish().catch(null);
const number = z.union([z.string(), z.number()]).transform(String).nullish().catch(null);

/** A response as `get_by_ids` tells it; what is odd in it counts as not said, but without an id there is none. */
const response = z.object({
  id: z.string().min(1),
  vacancy_id: number,
  created_at: text,
  applicant: z
    .object({
      resume_id: number,
      data: z
        .object({
          name: text,
          full_name: z.object({ first_name: text, last_name: text }).nullish().catch(null),
        })
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
  contacts: z
    .object({
      chat: z.object({ value: text }).nullish().catch(null),
      phones: z
        .array(z.object({ value: number }).catch({ value: null }))
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
  prevalidation: z
    .object({
      summary: z
        .array(z.object({ label: text, value: text }).nullable().catch(null))
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
});
export type AvitoResponse = z.output<typeof response>;

export const responsesShape = z.object({ applies: z.array(z.unknown()).nullable() });

/** Those of a list that can be read. */
export function readResponses(list: unknown[]): AvitoResponse[] {
  return list.flatMap((one) => response.safeParse(one).data ?? []);
}

/** A response as a lead. @param now for one that does not say when it was made */
export function leadOfResponse({ id, vacancy_id: vacancy, ...said }: AvitoResponse, now: number): FoundLead {
  const at = Date.parse(said.created_at ?? '');
  const name = nameOf(said.applicant?.data);
  const phone = (said.contacts?.phones ?? []).map(({ value }) => value).find((value) => value);
  const note = (said.prevalidation?.summary ?? [])
    .flatMap((answer) => (answer?.value ? [[answer.label, answer.value].filter(Boolean).join(': ')] : []))
    .join('\n');
  const links = linksOf(said);
  return {
    id,
    at: new Date(Number.isNaN(at) ? now : at),
    ...(vacancy && { vacancy }),
    ...(name && { name }),
    // Eleven digits without a plus, as their example has it.
    ...(phone && { phone: /^\d{11,15}$/.test(phone) ? `+${phone}` : phone }),
    ...(links.length > 0 && { links }),
    ...(note && { note }),
  };
}

type Said = Omit<AvitoResponse, 'id' | 'vacancy_id'>;

function nameOf(data: NonNullable<Said['applicant']>['data']): string {
  const full = [data?.full_name?.first_name, data?.full_name?.last_name].filter(Boolean).join(' ');
  return full || (data?.name ?? '');
}

/** The chat and the résumé are pages of the site: their addresses are from memory, no document has them. */
function linksOf({ contacts, applicant }: Said): NonNullable<FoundLead['links']> {
  const chat = contacts?.chat?.value;
  const resume = applicant?.resume_id;
  return [
    ...(resume
      ? [{ kind: 'resume' as const, url: `https://www.avito.ru/items/${encodeURIComponent(resume)}` }]
      : []),
    ...(chat
      ? [
          {
            kind: 'chat' as const,
            url: `https://www.avito.ru/profile/messenger/channel/${encodeURIComponent(chat)}`,
          },
        ]
      : []),
  ];
}
