import type { Application, Interview } from './candidate.ts';
import { calendarFile } from './calendarFile.ts';
import { hostOf } from './groups/hostOf.ts';
import type { Turn } from './turn.ts';

/**
 * Whoever was to hold a meeting hears that they are free, and their calendar too. What the candidate does, and what
 * becomes of a group, the recruiter is told in words of its own.
 *
 * @param by who called it off
 * @param notBefore when they are told; unset: at once
 */
export function tellHostOff(
  turn: Turn,
  application: Application,
  interview: Interview,
  by: string,
  notBefore?: number,
): void {
  const { start, attendance, kind, group } = interview;
  const host = hostOf(interview);
  if (start <= turn.now || attendance !== undefined || kind === 'client') return;
  if (host === application.recruiter && (group || by === 'candidate')) return;
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
