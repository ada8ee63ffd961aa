import type { Application } from './candidate.ts';
import type { StaffCommand } from './event.ts';
import type { RefusalCode } from './facts.ts';
import type { Params } from './effect.ts';
import type { Turn } from './turn.ts';
import { attach } from './attach.ts';
import { callResult, holdCall } from './calls/callResult.ts';
import { setPhone } from './calls/wrongNumber.ts';
import { freeOf } from './freeOf.ts';
import { beforeAct, keepUndo } from './keepUndo.ts';
import { cancelInterview, isKept } from './cancelInterview.ts';
import { dropChoice } from './dropChoice.ts';
import { adopt } from './pipelines/adopt.ts';
import { setField } from './pipelines/outcome.ts';
import { stageTasks } from './pipelines/stageTasks.ts';
import { askAfterMeeting } from './late/afterMeeting.ts';
import { answerWindows, proposeWindows } from './late/agreement.ts';
import { notSame } from './duplicates/notSame.ts';
import { groupCommands } from './groups/groupCommands.ts';
import { offerWindow } from './line/offer.ts';
import { offerVacancy } from './matching/offerVacancy.ts';
import { placeFree, placeTaken } from './places/placeTaken.ts';
import { relayCommands } from './relay.ts';
import { stageCommands } from './stageCommands.ts';
import { setName } from './setName.ts';
import { staffMay } from './staffMay.ts';
import { take } from './take.ts';
import { taskCommands } from './taskCommands.ts';
import { undo } from './undo.ts';
import { wrongStage } from './wrongStage.ts';
import { answerNotTaken } from './sites/answerSites.ts';

/** Why not, or nothing when it was done. */
export type Refused = { code: RefusalCode; params?: Params } | undefined;
export type Command<T extends StaffCommand['type']> = (
  turn: Turn,
  application: Application,
  command: Extract<StaffCommand, { type: T }>,
) => Refused;

/** Of messages that did not arrive within so many milliseconds of one another the recruiter hears once. */
const together = 60_000;

/** A member acts on an application. The API and the buttons come to the same table. */
export function staffCommand(turn: Turn, command: StaffCommand): Refused {
  // Of the person, whatever they applied for.
  if (command.type === 'offerVacancy') return offerVacancy(turn, command);
  if (command.type === 'notSame') return notSame(turn, command);
  const application = turn.application(command.application);
  if (!application) return command.type === 'attach' ? attach(turn, command) : { code: 'noSuchApplication' };
  const allowed = staffMay(turn, application, command);
  if (allowed) return allowed;
  const before = beforeAct(turn, application);
  const refused = run(turn, application, command);
  if (!refused) keepUndo(turn, application, command, before);
  return refused;
}

function run(turn: Turn, application: Application, command: StaffCommand): Refused {
  const table: { [T in StaffCommand['type']]: Command<T> } = { ...commands, ...relayCommands, undo };
  const act = table[command.type] as (turn: Turn, application: Application, command: StaffCommand) => Refused;
  return act(turn, application, command);
}

const commands: {
  [T in Exclude<StaffCommand['type'], 'undo' | 'openRelay' | 'relayMessage' | 'closeRelay'>]: Command<T>;
} = {
  ...stageCommands,
  addEvidence: (turn, application, { by, file }) => {
    if (!application.refusal) return wrongStage(turn, application);
    application.refusal.evidence.push(file);
    turn.fact('evidenceAdded', application.id, by, { file: file.name });
    return undefined;
  },
  setField,
  holdCall,
  callResult: (turn, application, command) =>
    callResult(turn, application, command, (outcome) =>
      stageCommands.outcome(turn, application, {
        type: 'outcome',
        application: application.id,
        by: command.by,
        outcome,
      }),
    ),
  setPhone,
  setName,
  proposeWindows,
  answerWindows,
  clientMissed: (turn, application) => {
    const { interview, stage } = application;
    if (stage !== 'clientInterview') return wrongStage(turn, application);
    // Pressed twice, or seen by the recruiter too: they know.
    const { saidMissed, attendance = 'came' } = interview ?? {};
    if (saidMissed !== undefined || attendance !== 'came') return undefined;
    if (interview) interview.saidMissed = turn.now;
    turn.tell(application, 'late.clientSaysMissed', {}, {}, [
      [{ label: { key: 'notice.button.missed' }, data: `s:missed:${application.id}`, style: 'danger' }],
    ]);
    return undefined;
  },
  adopt,
  notSame: (turn, _application, command) => notSame(turn, command),
  offerVacancy: (turn, _application, command) => offerVacancy(turn, command),
  placeTaken,
  placeFree,
  setInterview: (turn, application, { by, interviewer, start, format }) => {
    if (!['interview', 'invited', 'review', 'screening', 'decision', 'reserve'].includes(application.stage)) {
      return wrongStage(turn, application);
    }
    if (turn.state.blacklisted) return { code: 'blacklisted' };
    if (application.next) return { code: 'continued' };
    if (start <= turn.now) return { code: 'slotInPast' };
    if (!turn.vacancy(application.vacancy)?.formats.includes(format)) return { code: 'formatNotOffered' };
    const free = freeOf(turn, application, format);
    const isFree = free.some((slot) => slot.interviewer === interviewer && slot.start === start);
    if (!isFree && !isKept(turn, application, interviewer, start)) return { code: 'slotTaken' };
    if (application.stage !== 'interview' && application.stage !== 'invited') {
      application.stage = 'invited';
      application.stageAt = turn.now;
      turn.finishTasks(application, ...stageTasks);
    }
    take(turn, application, by);
    turn.book(application, { interviewer, start, format, by });
    return undefined;
  },
  cancelInterview,
  recordAttendance: (turn, application, { by, attendance }) => {
    const { interview } = application;
    if (!interview) return { code: 'noInterview' };
    if (interview.start > turn.now)
      return { code: 'tooEarly', params: { when: { at: interview.start, as: 'dateTime' } } };
    if (!['interview', 'invited', 'decision', 'clientInterview', 'training'].includes(application.stage))
      return wrongStage(turn, application);
    // Pressed twice, or by the client and by the recruiter: nobody is asked again.
    if (interview.attendance === attendance) return undefined;
    interview.attendance = attendance;
    delete interview.saidMissed;
    turn.cancel(`attendance:${application.id}`);
    turn.finishTasks(application, 'attendance', 'take');
    turn.fact('attendance', application.id, by, { attendance: { key: `staff.attendance.${attendance}` } });
    if (interview.kind === 'client') {
      turn.addTask(application, 'clientResult');
      if (attendance === 'came') askAfterMeeting(turn, application);
      return undefined;
    }
    // What comes of a training is its stage's own result.
    if (interview.kind === 'training') return undefined;
    application.stage = 'decision';
    application.stageAt = turn.now;
    dropChoice(turn, application);
    turn.addTask(application, 'decision');
    return undefined;
  },
  addNote: (turn, application, { by, text, mark }) => {
    if (text.trim() === '') return { code: 'emptyText' };
    application.notes.push({ at: turn.now, by, text: text.slice(0, 4000), ...(mark && { mark }) });
    turn.fact('noteAdded', application.id, by, { text });
    return undefined;
  },
  addFile: (turn, application, { by, file }) => {
    application.files.push({ ...file, at: turn.now, by });
    turn.fact('fileAdded', application.id, by, { file: file.name });
    return undefined;
  },
  ...taskCommands,
  attach: (turn, _application, command) => attach(turn, command),
  offerWindow,
  ...groupCommands,
  undelivered: (turn, application, { message, site }) => {
    if (site) {
      answerNotTaken(turn, application, message, site);
      return undefined;
    }
    const told = application.tasks.some(
      ({ kind, done, createdAt }) =>
        kind === 'undelivered' && done === undefined && turn.now - createdAt < together,
    );
    turn.addTask(application, 'undelivered', message);
    if (!told) turn.tell(application, 'notice.undelivered', { phone: turn.state.phone ?? '—' });
    return undefined;
  },
};
