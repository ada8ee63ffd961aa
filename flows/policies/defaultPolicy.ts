import type { Policy } from './policy.ts';

/** What an agency starts with: the numbers of the agency's own process (requirements P, B and X). */
export const defaultPolicy: Policy = {
  zone: 'Europe/Moscow',
  lang: 'ru',
  consent: { version: '2026-1', keepYears: 3 },
  slot: {
    minutes: 20,
    daysAhead: 14,
    firstFrom: 24,
    firstTo: 72,
    noticeMinutes: 60,
    daysShown: 6,
    timesShown: 24,
  },
  reminders: { hoursBefore: [24, 3], silenceMinutes: 60 },
  quiet: { from: '22:00', to: '08:00' },
  sla: {
    take: { minutes: 120, remindBefore: 30 },
    review: { minutes: 30, remindBefore: 10 },
    attendance: { minutes: 60, remindBefore: 15 },
    decision: { minutes: 240, remindBefore: 60 },
    help: { minutes: 30, remindBefore: 10 },
    undelivered: { minutes: 60, remindBefore: 15 },
    reschedule: { minutes: 120, remindBefore: 30 },
    relay: { minutes: 60, remindBefore: 15 },
  },
  refusal: {
    messageHours: 12,
    againDays: 30,
    reasons: [
      'experience',
      'skills',
      'salary',
      'documents',
      'location',
      'schedule',
      'noShow',
      'knockOut',
      'other',
    ],
  },
  attendanceMinutes: 20,
  relayHours: 4,
  misunderstandings: 3,
};
