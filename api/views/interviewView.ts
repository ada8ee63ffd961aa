import type { z } from 'zod';
import type { Interview } from '../../flows/candidate.ts';
import type { interviewSchema } from '../schemas/interviewSchema.ts';
import { toIso, toIsoIf } from '../toIso.ts';

/** @param minutes the length of a slot, of the policy */
export function interviewView(interview: Interview, minutes: number): z.output<typeof interviewSchema> {
  const { interviewer, start, format, bookedAt, reminders, attendance } = interview;
  return {
    interviewer,
    start: toIso(start),
    end: toIso(start + minutes * 60_000),
    format,
    bookedAt: toIso(bookedAt),
    reminders: reminders.map(({ hours, asked, confirmed }) => ({
      hours,
      asked: toIsoIf(asked),
      confirmed: toIsoIf(confirmed),
    })),
    attendance,
  };
}
