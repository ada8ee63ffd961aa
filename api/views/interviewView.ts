import type { z } from 'zod';
import type { Interview } from '../../flows/candidate.ts';
import type { interviewSchema } from '../schemas/interviewSchema.ts';
import { toIso, toIsoIf } from '../toIso.ts';

/** @param minutes the length of a slot, of the policy */
export function interviewView(interview: Interview, minutes: number): z.output<typeof interviewSchema> {
  const { interviewer, start, format, bookedAt, confirmed24, confirmed3, attendance } = interview;
  return {
    interviewer,
    start: toIso(start),
    end: toIso(start + minutes * 60_000),
    format,
    bookedAt: toIso(bookedAt),
    confirmed24: toIsoIf(confirmed24),
    confirmed3: toIsoIf(confirmed3),
    attendance,
  };
}
