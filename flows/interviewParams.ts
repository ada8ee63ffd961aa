import type { Application, Interview } from './candidate.ts';
import type { Turn } from './turn.ts';

/** Date, time, zone, format, and where: what every message about an interview says. */
export function interviewParams(
  turn: Turn,
  application: Application,
  { start, format, kind, group, address, notes: own }: Interview,
) {
  const vacancy = turn.vacancy(application.vacancy);
  // Where some come to the office, what to bring there is nothing for those who are called.
  const apart = format !== 'office' && vacancy?.formats.includes('office');
  const notes = own ?? (apart ? undefined : vacancy?.notes);
  return {
    vacancy: turn.title(application),
    when: { at: start, as: 'dateTime' as const },
    zone: { at: start, as: 'zone' as const },
    format: { key: `candidate.format.${format}` },
    place: {
      key: format === 'phone' && !turn.state.phone ? 'page.byPhone' : `candidate.place.${format}`,
      params: {
        address: group?.place ?? address ?? vacancy?.address ?? '—',
        link: group?.place ?? vacancy?.link ?? '—',
        phone: turn.state.phone ?? '—',
      },
    },
    ...(group && {
      what: { key: `group.kind.${kind === 'training' ? 'training' : 'interview'}` },
      minutes: group.minutes,
    }),
    notes: notes ? { key: 'candidate.notes', params: { notes } } : '',
  };
}
