import type { Application, Candidate } from './candidate.ts';
import { talkingChannels } from './channels.ts';
import { askAgain } from './dialogs/askAgain.ts';
import type { Event } from './event.ts';
import { afterQuiet } from './quietHours.ts';
import { saidOfMeeting } from './saidOfMeeting.ts';
import type { Turn } from './turn.ts';

const hour = 3_600_000;

/** An application that waits for its candidate's word, and for what. */
interface Left {
  application: Application;
  what: 'questions' | 'check' | 'time';
}

/** What is being asked of somebody and would hold everything up if they forgot it. */
function leftOpen({ dialog, applications }: Candidate): Left | undefined {
  const application = applications.find(({ id }) => id === dialog?.application);
  if (!dialog || !application) return undefined;
  const { kind } = dialog;
  if (application.stage === 'screening' && kind === 'question') return { application, what: 'questions' };
  if (application.stage === 'screening' && kind === 'check') return { application, what: 'check' };
  // A meeting that stands is not held up by looking for another time.
  const chooses = kind === 'format' || kind === 'day' || kind === 'time';
  return application.stage === 'invited' && chooses ? { application, what: 'time' } : undefined;
}

const moving = new Set<Event['type']>(['absorbed', 'joinDone', 'parting', 'parted', 'handedOver']);

/** Kept by every decision: an alarm for whoever may stop in the middle, none for whoever has got through. */
export function keepNudge(turn: Turn, before: Candidate): void {
  // What a card brings along, or takes back, has its alarm, or has had it.
  if (moving.has(turn.event.type)) return;
  const was = leftOpen(before);
  const left = leftOpen(turn.state);
  if (was?.application.id === left?.application.id && was?.application.stage === left?.application.stage)
    return;
  if (was) turn.cancel(`nudge:${was.application.id}`);
  if (left && turn.facts.policy.reminders.unfinishedHours > 0) arm(turn, left, dueFrom(turn, turn.now));
}

/** The alarm rang: whoever has been silent for so long is reminded of where they stopped. Once, and by day. */
export function nudge(turn: Turn, { id }: Application): void {
  const { dialog } = turn.state;
  const left = leftOpen(turn.state);
  if (!dialog || left?.application.id !== id || turn.facts.policy.reminders.unfinishedHours === 0) return;
  const due = dueFrom(turn, lastWord(left));
  if (due > turn.now) return arm(turn, left, due);
  const { application, what } = left;
  if (!mayNudge(turn, application)) return;
  const { questions } = turn.vacancy(application.vacancy) ?? { questions: [] };
  const count = questions.filter((question) => !(question.id in application.answers)).length;
  dialog.nudged = true;
  turn.fact('nudged', id);
  turn.say(
    `candidate.unfinished.${what}`,
    { vacancy: turn.title(application), ...(what === 'questions' && { count }) },
    [[{ label: { key: 'candidate.button.goOn' }, data: `p:${dialog.prompt}:again`, style: 'primary' }]],
    { prompt: false, application: id, stages: [application.stage], only: talkingChannels },
  );
}

/** "Shall we go on?" was answered in words: a bare yes or no is no answer to the question below it. @returns whether it was */
export function answerNudge(turn: Turn, text: string): boolean {
  const { dialog } = turn.state;
  if (!dialog?.nudged) return false;
  delete dialog.nudged;
  const said = saidOfMeeting(turn, text);
  if (!said?.plain) return false;
  if (said.means === 'yes') askAgain(turn);
  else turn.say('candidate.unfinished.later');
  return true;
}

/** Not who asked for silence, nor whom a human answers, or is called to; nor of a vacancy that is closed. */
function mayNudge(turn: Turn, { tasks, vacancy }: Application): boolean {
  const { stopped, blacklisted, relay } = turn.state;
  if (stopped || blacklisted || (relay && relay.until > turn.now)) return false;
  const called = tasks.some(({ kind, done }) => kind === 'help' && done === undefined);
  return !called && turn.vacancy(vacancy)?.status === 'open';
}

/** When they last did something about it. */
function lastWord({ application: { answers, createdAt, stageAt }, what }: Left): number {
  return what === 'time' ? stageAt : Math.max(createdAt, ...Object.values(answers).map(({ at }) => at));
}

function dueFrom({ facts, state }: Turn, from: number): number {
  const { reminders, quiet } = facts.policy;
  return afterQuiet(from + reminders.unfinishedHours * hour, state.zone, quiet);
}

function arm(turn: Turn, { application: { id } }: Left, due: number): void {
  turn.schedule(`nudge:${id}`, due, { kind: 'nudge', application: id });
}
