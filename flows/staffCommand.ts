import type { Application } from './candidate.ts';
import type { StaffCommand } from './event.ts';
import type { RefusalCode } from './facts.ts';
import type { Params } from './effect.ts';
import type { Turn } from './turn.ts';
import { callResult, holdCall } from './calls/callResult.ts';
import { setPhone } from './calls/wrongNumber.ts';
import { addApplication } from './dialogs/startApplication.ts';
import { invite } from './dialogs/slotChoice.ts';
import { blacklist, liftBlacklist } from './blacklist.ts';
import { continueFrom } from './dialogs/comingBack.ts';
import { freeOf } from './freeOf.ts';
import { beforeAct, keepUndo } from './keepUndo.ts';
import { isService } from './isService.ts';
import { isTheirs } from './isTheirs.ts';
import { dropChoice } from './dropChoice.ts';
import { dropInterview } from './dropInterview.ts';
import { adopt } from './pipelines/adopt.ts';
import { enter } from './pipelines/enter.ts';
import { outcomeOf, setField } from './pipelines/outcome.ts';
import { movesOf } from './pipelines/specOf.ts';
import { stageTasks } from './pipelines/stageTasks.ts';
import { isOpen, type Stage } from './pipelines/stages.ts';
import { askAfterMeeting } from './late/afterMeeting.ts';
import { answerWindows, proposeWindows } from './late/agreement.ts';
import { groupCommands } from './groups/groupCommands.ts';
import { offerWindow } from './line/offer.ts';
import { offerVacancy } from './matching/offerVacancy.ts';
import { keepPast } from './keepPast.ts';
import { placeFree, placeTaken } from './places/placeTaken.ts';
import { leave, refuse, reopen, sayCancelled } from './refuse.ts';
import { relayCommands } from './relay.ts';
import { take } from './take.ts';
import { taskCommands } from './taskCommands.ts';
import { undo } from './undo.ts';

/** Why not, or nothing when it was done. */
export type Refused = { code: RefusalCode; params?: Params } | undefined;
type Command<T extends StaffCommand['type']> = (
  turn: Turn,
  application: Application,
  command: Extract<StaffCommand, { type: T }>,
) => Refused;

/** A member acts on an application. The API and the buttons come to the same table. */
export function staffCommand(turn: Turn, command: StaffCommand): Refused {
  // Of the person, whatever they applied for.
  if (command.type === 'offerVacancy') return offerVacancy(turn, command);
  const application = turn.application(command.application);
  if (!application) return command.type === 'attach' ? attach(turn, command) : { code: 'noSuchApplication' };
  const allowed = mayAct(turn, application, command);
  if (allowed) return allowed;
  const before = beforeAct(turn, application);
  const refused = run(turn, application, command);
  if (!refused) keepUndo(turn, application, command, before);
  return refused;
}

/** The head may do everything, a client nothing, a recruiter what is theirs, untaken, or on their vacancies. */
function mayAct(turn: Turn, application: Application, command: StaffCommand): Refused {
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

function run(turn: Turn, application: Application, command: StaffCommand): Refused {
  const table: { [T in StaffCommand['type']]: Command<T> } = { ...commands, ...relayCommands, undo };
  const act = table[command.type] as (turn: Turn, application: Application, command: StaffCommand) => Refused;
  return act(turn, application, command);
}

const commands: {
  [T in Exclude<StaffCommand['type'], 'undo' | 'openRelay' | 'relayMessage' | 'closeRelay'>]: Command<T>;
} = {
  take: (turn, application, { by }) => {
    if (application.taken !== undefined && application.recruiter !== by) {
      return { code: 'alreadyTaken', params: { name: turn.member(application.recruiter)?.name ?? '—' } };
    }
    if (application.taken !== undefined) return undefined;
    take(turn, application, by);
    turn.fact('taken', application.id, by);
    return undefined;
  },
  invite: (turn, application, { by }) => {
    const refused = to(turn, application, 'invited', by);
    if (refused) return refused;
    invite(turn, application, by);
    return undefined;
  },
  reserve: (turn, application, { by }) => {
    const refused = to(turn, application, 'reserve', by);
    if (refused) return refused;
    leave(turn, application, 'reserve', by);
    turn.fact('reserved', application.id, by);
    turn.say('candidate.reserved', { vacancy: turn.title(application) }, undefined, {
      prompt: false,
      application: application.id,
      notBefore: turn.graceEnds(),
      stages: ['reserve'],
    });
    return undefined;
  },
  refuse: (turn, application, { by, reason, text }) => {
    const refused = to(turn, application, 'refused', by);
    if (refused) return refused;
    if (!turn.facts.policy.refusal.reasons.includes(reason)) return { code: 'unknownReason' };
    refuse(turn, application, { reason, by, ...(text && { text }) });
    return undefined;
  },
  addEvidence: (turn, application, { by, file }) => {
    if (!application.refusal) return wrongStage(turn, application);
    application.refusal.evidence.push(file);
    turn.fact('evidenceAdded', application.id, by, { file: file.name });
    return undefined;
  },
  blacklist: (turn, application, { by, reason }) => {
    const refused = to(turn, application, 'blacklist', by);
    if (refused) return refused;
    blacklist(turn, application, { by, reason });
    return undefined;
  },
  move: (turn, application, { by, stage }) => {
    if (stage === 'invited')
      return commands.invite(turn, application, { type: 'invite', application: application.id, by });
    if (stage === 'reserve')
      return commands.reserve(turn, application, { type: 'reserve', application: application.id, by });
    if (stage === 'refused') {
      return commands.refuse(turn, application, {
        type: 'refuse',
        application: application.id,
        by,
        reason: 'other',
      });
    }
    if (stage === 'blacklist') {
      return commands.blacklist(turn, application, {
        type: 'blacklist',
        application: application.id,
        by,
        reason: '—',
      });
    }
    const before = application.stage;
    const refused = to(turn, application, stage, by);
    if (refused) return refused;
    if (stage === 'interview' || (stage === 'clientInterview' && !application.interview))
      return { code: 'noInterview' };
    if (before === 'clientInterview' && stage === 'agreeing') letMeetingGo(turn, application, by);
    if (stage === 'review' && turn.state.dialog?.application === application.id) delete turn.state.dialog;
    if (stage === 'withdrawn') leave(turn, application, stage, by);
    else enter(turn, application, stage);
    turn.fact('moved', application.id, by, { stage: turn.stageName(application) });
    return undefined;
  },
  outcome: (turn, application, { by, outcome: id }) => {
    const outcome = outcomeOf(turn, application, id);
    if ('code' in outcome) return outcome;
    const of = application.id;
    if (outcome.to === 'refused') {
      const known = turn.facts.policy.refusal.reasons.includes(outcome.reason ?? '');
      const reason = known && outcome.reason ? outcome.reason : 'other';
      return commands.refuse(turn, application, { type: 'refuse', application: of, by, reason });
    }
    if (id === 'fits')
      return commands.judgePortrait(turn, application, {
        type: 'judgePortrait',
        application: of,
        by,
        fits: true,
      });
    return commands.move(turn, application, { type: 'move', application: of, by, stage: outcome.to });
  },
  setField,
  holdCall,
  callResult: (turn, application, command) =>
    callResult(turn, application, command, (outcome) =>
      commands.outcome(turn, application, {
        type: 'outcome',
        application: application.id,
        by: command.by,
        outcome,
      }),
    ),
  setPhone,
  proposeWindows,
  answerWindows,
  clientMissed: (turn, application) => {
    if (application.stage !== 'clientInterview') return wrongStage(turn, application);
    turn.tell(application, 'late.clientSaysMissed', {}, {}, [
      [{ label: { key: 'notice.button.missed' }, data: `s:missed:${application.id}`, style: 'danger' }],
    ]);
    return undefined;
  },
  adopt,
  notSame: (turn, application, { by, other }) => {
    const known = turn.state.notSame ?? [];
    if (known.includes(other)) return undefined;
    turn.state.notSame = [...known, other];
    turn.fact('notSame', application.id, by);
    return undefined;
  },
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
    if (!free.some((slot) => slot.interviewer === interviewer && slot.start === start))
      return { code: 'slotTaken' };
    if (application.stage !== 'interview' && application.stage !== 'invited') {
      application.stage = 'invited';
      application.stageAt = turn.now;
      turn.finishTasks(application, ...stageTasks);
    }
    take(turn, application, by);
    turn.effects.push({
      type: 'book',
      key: `${turn.event.id}:${turn.id()}`,
      application: application.id,
      interviewer,
      start,
      format,
      by,
    });
    return undefined;
  },
  cancelInterview: (turn, application, { by }) => {
    const { interview } = application;
    if (!interview) return { code: 'noInterview' };
    if (interview.attendance) return wrongStage(turn, application);
    dropInterview(turn, application, by);
    if (interview.kind !== 'training') {
      application.stage = interview.kind === 'client' ? 'agreeing' : 'invited';
      application.stageAt = turn.now;
      turn.addTask(application, interview.kind === 'client' ? 'agree' : 'reschedule');
    }
    sayCancelled(turn, application, interview);
    return undefined;
  },
  recordAttendance: (turn, application, { by, attendance }) => {
    const { interview } = application;
    if (!interview) return { code: 'noInterview' };
    if (interview.start > turn.now)
      return { code: 'tooEarly', params: { when: { at: interview.start, as: 'dateTime' } } };
    if (!['interview', 'invited', 'decision', 'clientInterview', 'training'].includes(application.stage))
      return wrongStage(turn, application);
    interview.attendance = attendance;
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
  judgePortrait: (turn, application, { by, fits }) => {
    if (application.stage !== 'decision') return wrongStage(turn, application);
    if (!fits)
      return commands.refuse(turn, application, {
        type: 'refuse',
        application: application.id,
        by,
        reason: turn.facts.policy.refusal.reasons.includes('skills') ? 'skills' : 'other',
      });
    const next = turn.spec(application).outcomes.find(({ id }) => id === 'fits')?.to ?? 'agreeing';
    const refused = to(turn, application, next, by);
    if (refused) return refused;
    enter(turn, application, next);
    turn.fact('portraitFits', application.id, by);
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
  detach: (turn, application, { by }) => {
    const refused = to(turn, application, 'withdrawn', by);
    if (refused) return refused;
    leave(turn, application, 'withdrawn', by);
    turn.fact('detached', application.id, by);
    return undefined;
  },
  offerWindow,
  ...groupCommands,
  undelivered: (turn, application, { message }) => {
    turn.addTask(application, 'undelivered', message);
    turn.tell(application, 'notice.undelivered', { phone: turn.state.phone ?? '—' });
    return undefined;
  },
};

/** The client is to be met anew: a meeting to come is called off, one that was is kept. */
function letMeetingGo(turn: Turn, application: Application, by: string): void {
  const { interview } = application;
  if (!interview) return;
  if (interview.attendance === undefined) {
    dropInterview(turn, application, by);
    return sayCancelled(turn, application, interview);
  }
  keepPast(application, interview);
  application.interviewVersion += 1;
}

/** Put a person on a vacancy; one who has no application yet, too. Whose vacancy it is does not matter. */
function attach(turn: Turn, { by, vacancy }: { by: string; vacancy: string }): Refused {
  const member = turn.member(by);
  if (member && (!member.active || member.role === 'client')) return { code: 'notAllowed' };
  if (!member && !isService(by)) return { code: 'noSuchMember' };
  if (turn.vacancy(vacancy)?.status !== 'open') return { code: 'noSuchVacancy' };
  if (turn.state.applications.some((other) => other.vacancy === vacancy && isOpen(other.stage))) {
    return { code: 'alreadyAttached' };
  }
  if (turn.state.blacklisted) return { code: 'blacklisted' };
  const added = addApplication(turn, vacancy, 'attached', by);
  added.stage = 'review';
  continueFrom(turn, added);
  if (turn.member(by)?.role === 'recruiter') {
    take(turn, added, by);
    turn.addTask(added, 'review');
  }
  turn.fact('attached', added.id, by);
  return undefined;
}

/** May the application go to this stage from where it is? */
function to(turn: Turn, application: Application, stage: Stage, by: string): Refused {
  if (!movesOf(turn.facts.pipelines, application).includes(stage)) return wrongStage(turn, application);
  if (application.stage === 'blacklist') liftBlacklist(turn, application);
  if (isOpen(stage) && turn.state.blacklisted) return { code: 'blacklisted' };
  if (isOpen(stage) && application.next) return { code: 'continued' };
  reopen(turn, application);
  take(turn, application, by);
  return undefined;
}

function wrongStage(turn: Turn, application: Application): Refused {
  return { code: 'wrongStage', params: { stage: turn.stageName(application) } };
}
