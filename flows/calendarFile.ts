import type { Application, Interview } from './candidate.ts';
import type { CalendarFile } from './effect.ts';
import type { Turn } from './turn.ts';

/**
 * The interview as a calendar entry. The same UID with a higher SEQUENCE moves or cancels it everywhere.
 *
 * @param reader whose calendar: members see the candidate's name in the title, and never a contact
 */
export function calendarFile(
  turn: Turn,
  application: Application,
  interview: Interview,
  cancelled: boolean,
  reader: 'candidate' | 'staff' = 'candidate',
): CalendarFile {
  const vacancy = turn.vacancy(application.vacancy);
  const { group, format, kind } = interview;
  const usual = { phone: undefined, zoom: vacancy?.link, office: interview.address ?? vacancy?.address }[
    format
  ];
  const place = group?.place ?? usual;
  const training = kind === 'training';
  return {
    kind: 'ics',
    uid: `interview-${application.id}`,
    sequence: application.interviewVersion,
    cancelled,
    start: interview.start,
    minutes: group?.minutes ?? turn.facts.policy.slot.minutes,
    title:
      reader === 'candidate'
        ? {
            key: training ? 'candidate.calendarTitleTraining' : 'candidate.calendarTitle',
            params: { vacancy: turn.title(application) },
          }
        : {
            key: training ? 'notice.calendarTitleTraining' : 'notice.calendarTitle',
            params: { vacancy: turn.title(application), name: turn.state.name ?? '—' },
          },
    ...(place && { place }),
  };
}
