import type { Application } from './candidate.ts';
import type { StaffCommand } from './event.ts';
import { isService } from './isService.ts';
import { isTheirs } from './isTheirs.ts';
import type { Refused } from './staffCommand.ts';
import type { Turn } from './turn.ts';

/** The head may do everything, a client nothing, a recruiter what is theirs, untaken, or on their vacancies. */
export function staffMay(turn: Turn, application: Application, command: StaffCommand): Refused {
  const { by } = command;
  if (isService(by)) return undefined;
  const member = turn.member(by);
  if (!member?.active) return { code: 'noSuchMember' };
  if (member.role === 'head') return undefined;
  if (member.role === 'client')
    return turn.vacancy(application.vacancy)?.client === by && clientMay(command)
      ? undefined
      : { code: 'notAllowed' };
  const mine =
    command.type === 'groupText' ||
    isTheirs(application, turn.vacancy(application.vacancy), by) ||
    application.interview?.group?.host === by;
  return member.role === 'recruiter' && mine ? undefined : { code: 'notAllowed' };
}

/** What a client may say of a candidate of theirs. */
const clientFields = new Set([
  'clientFeedback',
  'clientDecision',
  'offerDate',
  'startDate',
  'firstDayClient',
  'assessment',
]);

function clientMay(command: StaffCommand): boolean {
  if (command.type === 'setField') return clientFields.has(command.field);
  if (command.type === 'clientMissed') return true;
  return (
    command.type === 'answerWindows' || (command.type === 'recordAttendance' && command.attendance === 'came')
  );
}
