/** The numbers of the agency. All of them are data an agency can change; none is a constant in code. */
export interface Policy {
  zone: string;
  lang: string;
  agency: string;
  consent: { version: string; keepYears: number };
  slot: {
    minutes: number;
    /** How far ahead windows are offered, and which of them come first: hours from now. */
    daysAhead: number;
    firstFrom: number;
    firstTo: number;
    /** Nothing sooner than this many minutes from now. */
    noticeMinutes: number;
    daysShown: number;
    timesShown: number;
  };
  reminders: { hoursBefore: number[]; silenceMinutes: number };
  quiet: { from: string; to: string };
  sla: {
    take: Sla;
    review: Sla;
    attendance: Sla;
    decision: Sla;
    help: Sla;
    undelivered: Sla;
    reschedule: Sla;
    relay: Sla;
  };
  refusal: { messageHours: number; reasons: string[] };
  attendanceMinutes: number;
  relayHours: number;
  misunderstandings: number;
}

/** A time limit in minutes of the recruiter's working time, and how long before it one is reminded. */
export interface Sla {
  minutes: number;
  remindBefore: number;
}
