import type { Application, Interview } from './candidate.ts';
import { calendarFile } from './calendarFile.ts';
import { hostOf } from './groups/hostOf.ts';
import type { Turn } from './turn.ts';

/**
 * Whoever was to hold a meeting, and is not the recruiter, hears that they are free, and their calendar too.
 *
 * @param notBefore when they are told; unset: at once
 */
export function tellHostOff(
  turn: Turn,
  application: Application,
  interview: Interview,
  notBefore?: number,
): void {
  const { start, attendance, kind, group } = interview;
  const host = hostOf(interview);
  if (start <= turn.now || attendance !== undefined || kind === 'client') return;
  if (host === application.recruiter) return;
  turn.notify(
    { member: host },
    {
      key: group ? 'group.notice.left' : 'notice.interviewCancelled',
      params: {
        name: turn.state.name ?? '—',
        vacancy: turn.title(application),
        when: { at: start, as: 'dateTime' },
      },
      file: calendarFile(turn, application, interview, true, 'staff'),
    },
    { application: application.id, ...(notBefore !== undefined && { notBefore }) },
  );
}
