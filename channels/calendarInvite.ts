import { DateTime } from 'luxon';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { CalendarFile } from '../flows/effect.ts';
import type { Reader, Words } from '../runtime/words.ts';

/**
 * An interview as an iCalendar file (RFC 5545): the UID stays, SEQUENCE rises, a cancelled one says CANCEL.
 *
 * @param mail whose letter it comes in: mail programs show it as an invitation only to its attendee
 */
export function calendarInvite(
  file: CalendarFile,
  words: Words,
  reader: Reader,
  now: number,
  mail?: { organizer: string; attendee: string },
): string {
  const agency = words.label(reader, { key: 'agency.name' });
  const method = file.cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST;
  const calendar = ical({ method, prodId: { company: agency, product: 'recruiting-assistant' } });
  const event = calendar.createEvent({
    id: file.uid,
    sequence: file.sequence,
    // ical-generator takes the date types of several libraries; ISO text needs none of them.
    start: iso(file.start),
    end: iso(file.start + file.minutes * 60_000),
    stamp: iso(now),
    summary: words.label(reader, file.title),
    organizer: { name: agency, email: mail?.organizer ?? 'noreply@localhost' },
    status: file.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  if (mail) event.createAttendee({ email: mail.attendee, rsvp: true });
  if (file.place) event.location(file.place);
  if (file.notes) event.description(words.label(reader, file.notes));
  return calendar.toString();
}

function iso(at: number): string {
  return DateTime.fromMillis(at, { zone: 'utc' }).toISO() ?? '';
}
