import { z } from 'zod';
import { attendance, format, id, moment } from './common.ts';

const interview = {
  interviewer: id,
  start: moment,
  end: moment,
  format,
  bookedAt: moment,
  reminders: z
    .array(z.object({ hours: z.number(), asked: moment.optional(), confirmed: moment.optional() }))
    .meta({ description: 'api.field.reminders' }),
  attendance: attendance.optional(),
};

/** The interview of an application. */
export const interviewSchema = z.object(interview).meta({ id: 'Interview' });

/** An interview in the calendar: with whom, and for what. */
export const meetingSchema = z
  .object({
    ...interview,
    application: id,
    candidate: id,
    name: z.string().optional(),
    phone: z.string().optional(),
    vacancy: id,
    recruiter: id.optional(),
  })
  .meta({ id: 'Meeting' });
