/**
 * A message that WhatsApp knows beforehand: the only kind that may go to somebody who has not written within 24 hours.
 * Its text is submitted to Meta as `locales/<lang>/whatsapp.json` has it under `template.<name>`, `{1}` being the first of
 * `params`; its buttons are quick replies in the order of the message's own. Who declares one here also submits it.
 */
export interface Template {
  /** Lower-case letters, digits and `_`, as Meta wants. */
  name: string;
  /** Which messages it stands for, by the locale's key. */
  keys: string[];
  /** Which of the message's params go into the text, in order. */
  params: string[];
  /** How many of the message's choices it offers. */
  buttons: number;
}

/** All of Meta's category "utility": about a meeting that the person agreed to. */
export const templates: Template[] = [
  {
    name: 'interview_reminder',
    keys: ['candidate.reminder.days', 'candidate.reminder.hours'],
    params: ['vacancy', 'when', 'format', 'place'],
    buttons: 3,
  },
  {
    name: 'interview_booked',
    keys: ['candidate.slot.booked'],
    params: ['vacancy', 'when', 'format', 'place'],
    buttons: 0,
  },
  {
    name: 'interview_cancelled',
    keys: ['candidate.interviewCancelled'],
    params: ['vacancy', 'when'],
    buttons: 0,
  },
  {
    name: 'choose_time',
    keys: ['candidate.slot.format', 'candidate.slot.day', 'candidate.slot.time'],
    params: [],
    buttons: 0,
  },
];

/** The template that stands for a message; undefined when none does. */
export function templateFor(key: string | undefined): Template | undefined {
  return templates.find(({ keys }) => key !== undefined && keys.includes(key));
}
