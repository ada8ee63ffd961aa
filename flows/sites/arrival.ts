import type { Application, Candidate } from '../candidate.ts';
import type { LeadCall, LeadLink, WithoutContact } from './foundLead.ts';
import type { SourceName } from './sourceNames.ts';

/** A response or a call by which somebody came, as it is kept with the application; `id` is the source's own. */
export interface Arrival {
  source: SourceName;
  id: string;
  at: number;
  links?: LeadLink[];
  note?: string;
  /** Why it came without phone and address. */
  without?: WithoutContact;
  call?: LeadCall;
}

/** How many are kept with one application, the latest last. */
const most = 20;

/** The application that a response brought, should it be told again. */
export function arrivedBy(state: Candidate, { source, id }: Arrival): Application | undefined {
  return state.applications.find(({ arrivals }) =>
    arrivals?.some((one) => one.source === source && one.id === id),
  );
}

/** Keep it with the application, and what it says of the person where nothing is known yet. */
export function keepArrival(
  state: Candidate,
  application: Application,
  arrival: Arrival,
  { name, email }: { name?: string; email?: string },
): void {
  application.arrivals = [...(application.arrivals ?? []), arrival].slice(-most);
  if (state.name === undefined && name !== undefined) state.name = name;
  if (state.email === undefined && email !== undefined) state.email = email;
}
