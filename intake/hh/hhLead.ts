import type { FoundLead } from '../source.ts';
import type { HhClient } from './hhClient.ts';
import { HhFault } from './hhFault.ts';
import { type HhContact, hhMessage, hhPage, hhResume, type HhResponse, type HhResume } from './hhResponse.ts';
import { SourceError } from '../source.ts';

/** A response as a lead: what the résumé says of the person, as far as hh lets the agency see it. */
export async function hhLead(hh: HhClient, vacancy: string, response: HhResponse): Promise<FoundLead> {
  const seen = await resumeOf(hh, response);
  const resume = seen.resume ?? response.resume;
  const note = await letterOf(hh, response);
  const name = nameOf(resume);
  const phones = (seen.resume?.contact ?? []).filter(({ type }) => type.id !== 'email');
  const phone = preferred(phones);
  const email = preferred((seen.resume?.contact ?? []).filter(({ type }) => type.id === 'email'));
  const links = linksOf(resume?.alternate_url, preferred(phones.filter(({ type }) => type.id === 'cell')));
  return {
    id: response.id,
    at: new Date(response.created_at),
    vacancy,
    ...(name && { name }),
    ...(phone && { phone }),
    ...(email && { email }),
    ...(links.length > 0 && { links }),
    ...(note && { note }),
    ...(!phone && !email && { without: seen.without ?? 'hidden' }),
  };
}

/** The whole résumé, or why it is not to be had. A response is a lead without it, too. */
async function resumeOf(
  hh: HhClient,
  { resume }: HhResponse,
): Promise<{ resume?: HhResume; without?: FoundLead['without'] }> {
  if (!resume?.url) return { without: 'hidden' };
  try {
    return { resume: await hh.get(resume.url, hhResume) };
  } catch (error) {
    if (error instanceof SourceError && error.why === 'paid') return { without: 'paid' };
    if (!(error instanceof HhFault)) throw error;
    return { without: error.value === 'view_limit_exceeded' ? 'limit' : 'hidden' };
  }
}

/** What the person wrote with the response. */
async function letterOf(hh: HhClient, { messages_url: url }: HhResponse): Promise<string | undefined> {
  if (!url) return undefined;
  try {
    const { items } = await hh.get(url, hhPage(hhMessage));
    const first = items.find(({ author, text }) => author?.participant_type === 'applicant' && text);
    return first?.text ?? undefined;
  } catch (error) {
    if (error instanceof HhFault) return undefined;
    throw error;
  }
}

function nameOf(
  resume: Pick<HhResume, 'first_name' | 'middle_name' | 'last_name'> | null | undefined,
): string {
  const { last_name, first_name, middle_name } = resume ?? {};
  return [last_name, first_name, middle_name].filter((part) => part).join(' ');
}

/** What they would rather be reached by, else the first. */
function preferred(contacts: HhContact[]): string | undefined {
  const texts = contacts.map((one) => ({ ...one, text: textOf(one) })).filter(({ text }) => text);
  return (texts.find((one) => one.preferred) ?? texts[0])?.text;
}

function textOf({ value }: HhContact): string {
  if (typeof value === 'string') return value;
  const { country, city, number, formatted } = value ?? {};
  const parts = [country, city, number].map((part) => (part ?? '').replaceAll(/\D/g, '')).join('');
  return parts === '' ? (formatted ?? '') : `+${parts}`;
}

/** hh names no messengers: a mobile number is looked for in WhatsApp by WhatsApp's own link. */
function linksOf(
  resume: string | null | undefined,
  cell: string | undefined,
): NonNullable<FoundLead['links']> {
  const digits = cell?.replaceAll(/\D/g, '') ?? '';
  return [
    ...(resume ? [{ kind: 'resume' as const, url: resume }] : []),
    ...(digits.length >= 11 ? [{ kind: 'whatsapp' as const, url: `https://wa.me/${digits}` }] : []),
  ];
}
