import type { Application, Interview } from './candidate.ts';
import type { Turn } from './turn.ts';

/** Date, time, zone, format, and where: what every message about an interview says. */
export function interviewParams(
  turn: Turn,
  application: Application,
  { start, format, kind, group, address, notes = turn.vacancy(application.vacancy)?.notes }: Interview,
) {
  const vacancy = turn.vacancy(application.vacancy);
  return {
    vacancy: turn.title(application),
    when: { at: start, as: 'dateTime' as const },
    zone: { at: start, as: 'zone' as const },
    format: { key: `candidate.format.${format}` },
    place: {
      key: `candidate.place.${format}`,
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
