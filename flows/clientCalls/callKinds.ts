/** How the comment of a call is marked. */
export type Mark = 'results' | 'freshResults';
export type Side = 'client' | 'people' | 'lead' | 'manager';

/** One question of a call's template; unset `required`: it may be skipped. `usual`: what is put when it is. */
export interface CallQuestion {
  id: string;
  required?: true;
  usual?: string;
}

interface CallSpec {
  mark: Mark;
  /** Whom the client meets: nobody, as many as are chosen. */
  people: boolean;
  /** Is a team lead of ours there? */
  lead: boolean;
  /** Who is reminded when: the day before, so many minutes before for candidates, and for the client. */
  reminders: { what: 'day' | 'people' | 'client'; to: Side[] }[];
  questions: CallQuestion[];
  /** What is to be sent or done afterwards; `when`: only if somebody was hired, or nobody was chosen. */
  todo: { id: string; when?: 'hired' | 'nobody' }[];
}

const all: Side[] = ['client', 'people', 'lead', 'manager'];

/** The four kinds of calls with clients, each with its template (requirements C-01, C-02, C-04, C-06). */
const callKinds = {
  first: {
    mark: 'results',
    people: false,
    lead: false,
    reminders: [{ what: 'client', to: ['client', 'manager'] }],
    questions: [
      { id: 'website' },
      { id: 'contactPerson', required: true },
      { id: 'product', required: true },
      { id: 'specialties' },
      { id: 'location' },
      { id: 'audience', usual: 'worldwide' },
      { id: 'immediate', required: true },
      { id: 'future' },
      { id: 'nextStep', required: true },
      { id: 'nextContact', required: true },
    ],
    todo: [{ id: 'agreed' }, { id: 'company' }, { id: 'pick' }, { id: 'resumes' }, { id: 'interview' }],
  },
  interview: {
    mark: 'freshResults',
    people: true,
    lead: false,
    reminders: [
      { what: 'people', to: ['people', 'manager'] },
      { what: 'client', to: ['client'] },
    ],
    questions: [{ id: 'asked' }],
    todo: [
      { id: 'asked' },
      { id: 'contract', when: 'hired' },
      { id: 'introductory', when: 'hired' },
      { id: 'others', when: 'nobody' },
    ],
  },
  repeat: {
    mark: 'results',
    people: true,
    lead: false,
    reminders: [
      { what: 'day', to: all },
      { what: 'people', to: all },
    ],
    questions: [{ id: 'summary', required: true }, { id: 'nextStep' }],
    todo: [{ id: 'agreed' }, { id: 'contract', when: 'hired' }],
  },
  introductory: {
    mark: 'results',
    people: true,
    lead: true,
    reminders: [
      { what: 'day', to: all },
      { what: 'people', to: all },
    ],
    questions: [
      { id: 'summary', required: true },
      { id: 'messenger', required: true },
      { id: 'schedule' },
      { id: 'reporting' },
    ],
    todo: [{ id: 'access' }, { id: 'plan' }],
  },
} as const satisfies Record<string, CallSpec>;

export type CallKind = keyof typeof callKinds;

/** The kinds in the order they come in. */
export const kindsOfCalls: CallKind[] = ['first', 'interview', 'repeat', 'introductory'];

/** What a kind's template says; wider than its own literal type, for whoever goes through all of them. */
export function specOfCall(kind: CallKind): CallSpec {
  return callKinds[kind];
}
