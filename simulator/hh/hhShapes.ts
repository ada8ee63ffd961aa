import { hhTime } from './hh.ts';
import { type HhResponse, type HhVacancy } from './hhRecords.ts';

/** What an employer can do with a response, by default; an agency of hh's may have other stages. */
const actions = ['interview', 'consider', 'phone_interview', 'offer', 'discard_by_employer'];

/** Where a response lies at the employer's: hh calls the undecided ones `response`. */
export const collections = ['response', ...actions];

export function vacancyJson({ id, name, archived }: HhVacancy): object {
  return { id, name, archived, alternate_url: `https://hh.ru/vacancy/${id}` };
}

/** @param api where this API stands, as the caller reaches it */
export function collectionsJson(api: string, vacancy: string, responses: HhResponse[]): object {
  const of = (id: string) => `${api}/negotiations/${id}?vacancy_id=${vacancy}`;
  return {
    collections: collections.map((id) => ({
      id,
      name: id,
      hidden: false,
      counters: {
        total: responses.filter(({ employerState }) => employerState === id).length,
        with_updates: 0,
      },
      order_types: [{ id: 'created_at', name: 'created', url: `${of(id)}&order_by=created_at` }],
      sub_collections: [],
      url: of(id),
    })),
    employer_states: collections.map((id) => ({ id, name: id })),
    generated_collections: [],
  };
}

export function pageJson(items: object[], query: URLSearchParams, most: number): object {
  const per_page = Math.min(Number(query.get('per_page') ?? 20), most);
  const page = Number(query.get('page') ?? 0);
  const pages = Math.ceil(items.length / per_page);
  return {
    found: items.length,
    pages,
    page,
    per_page,
    items: items.slice(page * per_page, (page + 1) * per_page),
  };
}

/** One response: in a list and alone. The résumé is the short one, without contacts. */
export function responseJson(api: string, response: HhResponse): object {
  const { id, at, changed, state, employerState, contact } = response;
  const over = state === 'discard' || response.closed !== undefined;
  return {
    id,
    created_at: hhTime(at),
    updated_at: hhTime(changed),
    source: 'NEGOTIATION',
    has_updates: false,
    url: `${api}/negotiations/${id}`,
    messages_url: `${api}/negotiations/${id}/messages`,
    state: { id: state, name: state },
    employer_state: { id: employerState, name: employerState },
    actions: actions.map((action) => ({
      id: action,
      name: action,
      method: 'PUT',
      url: `${api}/negotiations/${action}/${id}`,
      enabled: !over,
      hidden: false,
      arguments: [
        { id: 'message', required: false, required_arguments: [] },
        ...(action.startsWith('discard')
          ? []
          : [{ id: 'send_sms', required: false, required_arguments: [{ id: 'message' }] }]),
      ],
      resulting_employer_state: { id: action, name: action },
    })),
    resume: contact === 'gone' ? null : shortJson(api, response),
  };
}

function shortJson(api: string, { id, resume, name, contact, vacancy }: HhResponse): object {
  const [last_name = null, first_name = null, middle_name = null] =
    contact === 'hidden' ? [] : (name?.split(' ') ?? []);
  return {
    id: resume,
    title: 'CV',
    last_name,
    first_name,
    middle_name,
    can_view_full_info: contact === 'open',
    alternate_url: `https://hh.ru/resume/${resume}?t=${id}&vacancyId=${vacancy}`,
    url: `${api}/resumes/${resume}?topic_id=${id}`,
  };
}

/** The whole résumé; contacts only where the employer may see them. */
export function resumeJson(api: string, response: HhResponse): object {
  const { contact, phone, email } = response;
  const cell = phone && {
    type: { id: 'cell', name: 'cell' },
    preferred: true,
    comment: null,
    value: phoneJson(phone),
  };
  const mail = email && { type: { id: 'email', name: 'email' }, preferred: false, value: email };
  return {
    ...shortJson(api, response),
    contact: contact === 'open' ? [cell, mail].filter(Boolean) : null,
    site: [],
    hidden_fields: contact === 'hidden' ? [{ id: 'names_and_photo' }, { id: 'phones' }] : [],
    download: { pdf: { url: `${api}/resumes/${response.resume}/download/cv.pdf?type=pdf` } },
  };
}

/** `+79161234567` as hh takes it apart. */
function phoneJson(phone: string): object {
  const digits = phone.replaceAll(/\D/g, '');
  const [country, city, number] = [digits.slice(0, 1), digits.slice(1, 4), digits.slice(4)];
  return { country, city, number, formatted: `+${country} (${city}) ${number}` };
}

export function messagesJson({ messages }: HhResponse): object[] {
  return messages.map(({ by, text, at }, index) => ({
    id: String(index + 1),
    text,
    created_at: hhTime(at),
    author: { participant_type: by },
    state: { id: 'text', name: 'text' },
  }));
}
