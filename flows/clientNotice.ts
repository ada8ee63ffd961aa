import type { Application, Interview } from './candidate.ts';
import type { Turn } from './turn.ts';
import { clientOf } from './clientOf.ts';
import { calendarFile } from './calendarFile.ts';

/** Tell the vacancy's client about an interview: date, time, format, the candidate's name and no contacts. */
export function clientNotice(
  turn: Turn,
  application: Application,
  interview: Interview,
  change: 'set' | 'moved' | 'reformed' | 'cancelled',
  notBefore?: number,
): void {
  const client = clientOf(turn, application);
  // A training is the agency's own.
  if (!client || interview.kind === 'training') return;
  turn.notify(
    { member: client },
    {
      key: `client.interview.${change}`,
      params: {
        vacancy: turn.title(application),
        name: turn.state.name ?? '—',
        when: { at: interview.start, as: 'dateTime' },
        format: { key: `candidate.formatWithin.${interview.format}` },
      },
      file: calendarFile(turn, application, interview, change === 'cancelled', 'staff'),
    },
    { application: application.id, ...(notBefore !== undefined && { notBefore }) },
  );
}
