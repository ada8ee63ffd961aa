import { IANAZone } from 'luxon';
import { z } from 'zod';

const whole = (least: number, most: number) => z.number().int().min(least).max(most);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** A time limit in minutes of the recruiter's working time, and how long before it one is reminded (0: never). */
const sla = z.strictObject({ minutes: whole(1, 20_160), remindBefore: whole(0, 20_160) });

const shape = z.strictObject({
  /** Who keeps people's data, as they read it; empty: as the bot is called. */
  agencyName: z.string().trim().max(60),
  /** The agency's own zone and language: for whoever has not said theirs yet. */
  zone: z.string().refine((name) => IANAZone.isValidZone(name), 'zone'),
  lang: z.string().regex(/^[a-z]{2}$/),
  /** Of costs and prices that are put down without one. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** Whose public holidays the time limits of tasks pass over. */
  calendar: z.enum(['ru', 'none']),
  consent: z.strictObject({ version: z.string().trim().min(1).max(40), keepYears: whole(1, 10) }),
  slot: z.strictObject({
    /** A divisor of the hour: windows lie on one grid, and people meet at :00, :20 and :40. */
    minutes: whole(5, 60),
    /** How far ahead windows are offered, and which of them come first: hours from now. */
    daysAhead: whole(1, 60),
    firstFrom: whole(0, 720),
    firstTo: whole(1, 1_440),
    /** Nothing sooner than this many minutes from now. */
    noticeMinutes: whole(0, 10_080),
    daysShown: whole(1, 14),
    timesShown: whole(1, 60),
  }),
  reminders: z.strictObject({
    /** Hours before the start, one reminder each. */
    hoursBefore: z.array(whole(1, 336)).max(6),
    silenceMinutes: whole(1, 1_440),
    /** After so many hours whoever stopped in the middle is reminded, once (0: never). */
    unfinishedHours: whole(0, 72),
  }),
  /** Nothing unasked leaves between these times of the reader's clock; the same twice: always quiet is never. */
  quiet: z.strictObject({ from: clock, to: clock }),
  sla: z.strictObject({
    take: sla,
    review: sla,
    attendance: sla,
    decision: sla,
    help: sla,
    undelivered: sla,
    reschedule: sla,
    relay: sla,
    call: sla,
    contact: sla,
    ringBack: sla,
    agree: sla,
    clientResult: sla,
    offer: sla,
    firstDay: sla,
    assessment: sla,
    replace: sla,
    fix: sla,
    step: sla,
  }),
  refusal: z.strictObject({
    messageHours: whole(0, 168),
    /** Days after the message until the same vacancy may be applied for again. */
    againDays: whole(0, 3_650),
    /** Codes with words under `staff.reason`, or an agency's own words as they are. */
    reasons: z.array(z.string().trim().min(1).max(60)).min(1).max(20),
  }),
  /** What happens to the other applications when a vacancy's places are filled; said as late as a refusal. */
  placeTaken: z.enum(['refuse', 'reserve', 'other']),
  /** How many days a person who was offered a vacancy is left alone with others. */
  match: z.strictObject({ pauseDays: whole(0, 365) }),
  /** Why candidates call off: codes under `candidate.cancel.reason`, or an agency's own words. */
  withdrawal: z.strictObject({ reasons: z.array(z.string().trim().min(1).max(40)).min(1).max(12) }),
  /** Minutes after the start when attendance is asked for. */
  attendanceMinutes: whole(0, 1_440),
  /** How long the windows a client accepted are kept for the candidate. */
  agreeHoldHours: whole(1, 168),
  /** Freed windows: how long one is kept for whoever it is offered to, and how far off an interview must be to be offered an earlier one unasked (0: never). */
  line: z.strictObject({ holdMinutes: whole(5, 1_440), farHours: whole(0, 720) }),
  /** Days of work: probation, its notice before the end, the agency's guarantee; when a day of work ends. */
  probation: z.strictObject({
    days: whole(1, 365),
    noticeDays: whole(0, 60),
    guaranteeDays: whole(0, 365),
    dayEndsAt: clock,
  }),
  calls: z.strictObject({
    /** How long a person who is on one recruiter's screen is given to nobody else. */
    holdMinutes: whole(1, 240),
    /** When nobody answered: again after so many hours, or at these times. */
    againHours: whole(1, 48),
    morningAt: clock,
    eveningAt: clock,
    /** After so many calls without an answer the candidate is written to, and so much later goes to the reserve. */
    missedLimit: whole(1, 10),
    reserveHours: whole(1, 720),
  }),
  /** By what else an invitation goes, beside the chat it is given in. */
  inviteCopies: z.enum(['none', 'email', 'sms', 'both']),
  /** After so many minutes without a word of its arrival an invitation or a reminder goes another way. */
  undeliveredMinutes: whole(1, 1_440),
  /** Calls with clients: how long one lasts, who is reminded how long before, how long the follow-up may take. */
  clientCalls: z.strictObject({
    minutes: whole(5, 240),
    dayHours: whole(1, 168),
    peopleMinutes: whole(1, 240),
    clientMinutes: whole(1, 240),
    followUpMinutes: whole(1, 20_160),
  }),
  /** When a client's access ends by itself: so long after the notice that their last vacancy is closed, or never. */
  clientAccess: z.strictObject({ ends: z.enum(['vacancy', 'never']), noticeHours: whole(1, 720) }),
  /** How many days before its end a company's contract is reminded of (0: never). */
  contracts: z.strictObject({ noticeDays: whole(0, 365) }),
  /** What tells a candidate of a stage waits so long: until it leaves, the act can be undone. */
  undoSeconds: whole(0, 3_600),
  /** The group with a topic per candidate, as Telegram knows it; empty: there is none. Set by /desk in the group. */
  deskChat: z.string().regex(/^(-\d{1,20})?$/),
  relayHours: whole(1, 72),
  misunderstandings: whole(1, 10),
});

/**
 * The numbers of the agency. All of them are data an agency can change; none is a constant in code. What a rule
 * between two numbers says is a code: its words are `staff.settings.fault.<code>`.
 */
export const policySchema = shape.superRefine((policy, context) => {
  const fault = (message: string, path: string) =>
    context.addIssue({ code: 'custom', message, path: path.split('.') });
  if (60 % policy.slot.minutes !== 0) fault('divides', 'slot.minutes');
  if (policy.slot.firstTo <= policy.slot.firstFrom) fault('firstTo', 'slot.firstTo');
  for (const [kind, { minutes, remindBefore }] of Object.entries(policy.sla))
    if (remindBefore >= minutes) fault('remindBefore', `sla.${kind}.remindBefore`);
  if (policy.calls.morningAt >= policy.calls.eveningAt) fault('eveningAfter', 'calls.eveningAt');
  // The reason of refusals that were given without one.
  if (!policy.refusal.reasons.includes('other')) fault('otherReason', 'refusal.reasons');
  for (const [name, list] of [
    ['refusal.reasons', policy.refusal.reasons],
    ['withdrawal.reasons', policy.withdrawal.reasons],
    ['reminders.hoursBefore', policy.reminders.hoursBefore],
  ] as const)
    if (new Set<unknown>(list).size < list.length) fault('twice', name);
});

export type Policy = z.output<typeof policySchema>;
