/** A vacancy that is published on hh. */
export interface HhVacancy {
  id: string;
  name: string;
  archived: boolean;
}

/** Who responds. `contact`: may the employer see how to reach them? */
export interface NewResponse {
  vacancy: string;
  /** Last name, first name, middle name. */
  name?: string | undefined;
  phone?: string | undefined;
  email?: string | undefined;
  /** What they wrote with it. */
  letter?: string | undefined;
  /** `gone`: the résumé was deleted, the response is there still. */
  contact: 'open' | 'hidden' | 'paid' | 'gone';
  resume: string;
  at?: number | undefined;
}

/** A response as hh keeps it; `acts`: how many buttons took effect. */
export interface HhResponse extends Omit<NewResponse, 'letter' | 'at'> {
  id: string;
  at: number;
  changed: number;
  /** What the person sees. */
  state: 'response' | 'invitation' | 'discard';
  /** Where the employer has put it: one of the actions' names. */
  employerState: string;
  messages: { by: 'applicant' | 'employer'; text: string; at: number }[];
  acts: number;
  /** Why nothing can be done with it any more, in hh's word. */
  closed?: 'archived' | 'resume_deleted' | 'in_a_row_limit' | undefined;
}
