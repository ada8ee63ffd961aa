import type { Application } from './candidate.ts';
import { calendarFile } from './calendarFile.ts';
import { clientNotice } from './clientNotice.ts';
import type { Turn } from './turn.ts';

/** The reminders and checks that hang on an interview, by the names of their alarms. */
const alarms = ['reminder24', 'reminder3', 'silence24', 'silence3', 'attendance'];

/** Let an interview go: the window is free at once, its reminders are silent, the client and interviewer know. */
export function dropInterview(turn: Turn, application: Application, by: string): void {
  const { interview } = application;
  if (!interview) return;
  const { interviewer, start } = interview;
  turn.effects.push({
    type: 'release',
    key: `${turn.event.id}:${turn.id()}`,
    application: application.id,
    interviewer,
    start,
  });
  silence(turn, application);
  delete application.interview;
  application.interviewVersion += 1;
  turn.finishTasks(application, 'attendance');
  turn.fact('interviewCancelled', application.id, by, { when: { at: start, as: 'dateTime' } });
  if (start > turn.now && interview.attendance === undefined) {
    clientNotice(turn, application, interview, 'cancelled');
    if (interviewer !== application.recruiter) {
      turn.notify(
        { member: interviewer },
        {
          key: 'notice.interviewCancelled',
          params: {
            name: turn.state.name ?? '—',
            vacancy: turn.title(application),
            when: { at: start, as: 'dateTime' },
          },
          file: calendarFile(turn, application, interview, true),
        },
        { application: application.id },
      );
    }
  }
}

/** Stop every alarm of an application's interview. */
export function silence(turn: Turn, application: Application): void {
  for (const alarm of alarms) turn.cancel(`${alarm}:${application.id}`);
}
