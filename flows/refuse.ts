import type { Application, Interview, Refusal, WasRefused } from './candidate.ts';
import { afterQuiet } from './quietHours.ts';
import { inviteCopies } from './inviteCopies.ts';
import { dropInterview } from './dropInterview.ts';
import { interviewParams } from './interviewParams.ts';
import { stageTasks } from './pipelines/stageTasks.ts';
import { calendarFile } from './calendarFile.ts';
import { dropAgreement } from './late/agreement.ts';
import { stopLooking } from './lookingForWork.ts';
import { dropSetAside } from './places/placeTaken.ts';
import { keepPast } from './keepPast.ts';
import { named } from './named.ts';
import { silence } from './reminders.ts';
import type { Turn } from './turn.ts';

/** Refuse an application. The message leaves some hours later, and not at all when the refusal is undone first. */
export function refuse(
  turn: Turn,
  application: Application,
  { reason, text, by }: { reason: string; text?: string; by: string },
): void {
  const { messageHours } = turn.facts.policy.refusal;
  const messageAt = afterQuiet(turn.now + messageHours * 3_600_000, turn.state.zone, turn.facts.policy.quiet);
  const before = application.stage;
  leave(turn, application, 'refused', by);
  if (reason === 'foundJob') stopLooking(turn, 'foundJob');
  application.undo = { act: 'refuse', by, at: turn.now, stage: before };
  application.refusal = { reason, by, at: turn.now, messageAt, evidence: [], ...(text && { text }) };
  armRefusal(turn, application.id, application.refusal);
  turn.fact('refused', application.id, by, { reason: named('staff.reason', reason), text: text ?? '' });
}

/** The message of a refusal leaves when it was to leave, also when something else stood there for a while. */
function armRefusal(turn: Turn, application: string, { at, messageAt, messageSent }: Refusal): void {
  if (messageSent || messageAt === undefined) return;
  turn.schedule(`refusal:${application}`, messageAt, { kind: 'refusal', application, at });
}

/** What has to be remembered of a refusal that something else takes the place of; undefined where there is none. */
export function refusalOf({ stage, refusal, undo }: Application): WasRefused | undefined {
  return stage === 'refused' && refusal ? { refusal, ...(undo && { undo }) } : undefined;
}

/** Refused as it was before something else took the place of that. */
export function refuseAsBefore(turn: Turn, application: Application, { refusal, undo }: WasRefused): void {
  application.refusal = refusal;
  if (undo) application.undo = undo;
  armRefusal(turn, application.id, refusal);
}

/** Out of a refusal, or of what a filled vacancy did: its message must not leave, and the card must not say it will. */
export function reopen(turn: Turn, application: Application): void {
  dropSetAside(turn, application);
  if (application.stage !== 'refused') return;
  turn.cancel(`refusal:${application.id}`);
  delete application.refusal;
}

/** The candidate hears that an interview will not take place: at once, or not before a time. */
export function sayCancelled(
  turn: Turn,
  application: Application,
  interview: Interview,
  notBefore?: number,
): void {
  // Nothing follows from there; a refusal's own message does, and is not hinted at before.
  const over = application.stage === 'blacklist' || application.stage === 'withdrawn';
  const key = interview.group
    ? 'group.off'
    : over
      ? 'candidate.interviewOff'
      : 'candidate.interviewCancelled';
  const params = interviewParams(turn, application, interview);
  const file = calendarFile(turn, application, interview, true);
  const of = `${turn.event.id}:off:${application.id}`;
  const later = notBefore !== undefined && { notBefore };
  turn.say(key, params, undefined, { key: of, prompt: false, application: application.id, file, ...later });
  inviteCopies(turn, application, { key, params, file }, { of, ...later });
}

function setPast(turn: Turn, application: Application, interview: Interview): void {
  silence(turn, application, interview);
  keepPast(application, interview);
  application.interviewVersion += 1;
}

/**
 * Take an application off the road: its tasks are done, its interview is let go, its questions stop.
 *
 * @param quietly the candidate hears nothing of it: what they do not know of has ended
 */
export function leave(
  turn: Turn,
  application: Application,
  stage: 'refused' | 'reserve' | 'blacklist' | 'withdrawn',
  by: string,
  quietly = false,
): void {
  const { interview } = application;
  dropAgreement(turn, application);
  // What was held stays in the history, with its window.
  if (interview?.attendance) setPast(turn, application, interview);
  else if (interview) dropInterview(turn, application, by);
  application.stage = stage;
  application.stageAt = turn.now;
  // Nobody should come in vain; whoever calls off themselves knows.
  if (interview && interview.start > turn.now && by !== 'candidate' && !quietly)
    sayCancelled(turn, application, interview);
  delete application.undo;
  turn.finishTasks(application, 'take', 'attendance', 'ringBack', ...stageTasks);
  if (turn.state.dialog?.application === application.id) delete turn.state.dialog;
}
