import type { Application, Dialog } from '../candidate.ts';
import type { StaffCommand } from '../event.ts';
import { isService } from '../isService.ts';
import { isOpen } from '../pipelines/stages.ts';
import type { Refused } from '../staffCommand.ts';
import type { Turn } from '../turn.ts';
import { isCallStage } from './isToCall.ts';
import { callsOf } from './putOff.ts';

/** The number is not theirs: the candidate is asked for the right one in chat, or the recruiter finds it elsewhere. */
export function wrongNumber(turn: Turn, application: Application): void {
  callsOf(application).wrong = turn.state.phone ?? '';
  turn.finishTasks(application, 'call', 'ringBack');
  turn.addTask(application, 'contact');
  const { dialog, channels } = turn.state;
  // What is being asked about another vacancy is not broken into.
  const free = dialog === undefined || dialog.application === application.id;
  if (free && channels.some(({ blocked }) => !blocked)) askNumber(turn, application, false);
}

/** Ask for the number, by Telegram's own button or in digits. */
export function askNumber(turn: Turn, application: Application, prompt = true): void {
  turn.ask({ kind: 'number', application: application.id });
  turn.say('calls.candidate.askNumber', { vacancy: turn.title(application) }, undefined, {
    prompt,
    application: application.id,
    askContact: true,
  });
}

/** The number as the candidate sent it. */
export function answerNumber(
  turn: Turn,
  dialog: Extract<Dialog, { kind: 'number' }>,
  typed: string,
  own: boolean,
): void {
  const application = turn.application(dialog.application ?? '');
  const phone = turn.facts.phone(typed);
  if (!application || !phone) {
    dialog.misses += 1;
    if (application && dialog.misses < turn.facts.policy.misunderstandings)
      return turn.say('candidate.hint.phone', undefined, undefined, { askContact: true });
    delete turn.state.dialog;
    if (application) turn.tell(application, 'calls.notice.wrote', { text: typed.slice(0, 500) });
    return turn.say('candidate.passedOn', undefined, undefined, { dropKeyboard: true });
  }
  delete turn.state.dialog;
  keepNumber(turn, application, phone, own, 'candidate');
  turn.say('calls.candidate.numberKept', { phone }, undefined, {
    application: application.id,
    dropKeyboard: true,
  });
  turn.tell(application, 'calls.notice.number', { phone });
}

/** The number as a recruiter found it, or as the job site told it later. */
export function setPhone(
  turn: Turn,
  application: Application,
  { by, phone }: Extract<StaffCommand, { type: 'setPhone' }>,
): Refused {
  const known = turn.facts.phone(phone);
  if (!known) return { code: 'badPhone' };
  keepNumber(turn, application, known, false, by);
  // A job site told it: whoever works with them does not know yet.
  if (isService(by) && isOpen(application.stage))
    turn.tell(application, 'calls.notice.numberCame', { phone: known });
  return undefined;
}

/** Whoever else is known by it is looked for; every application of theirs can be rung about again. */
function keepNumber(turn: Turn, application: Application, phone: string, own: boolean, by: string): void {
  turn.state.phone = phone;
  const key = `${turn.event.id}:${turn.id()}`;
  turn.effects.push({ type: 'findSame', key, application: application.id, phone, own });
  turn.fact('phoneChanged', application.id, by, { phone });
  for (const one of turn.state.applications) {
    turn.finishTasks(one, 'contact');
    if (one.calls?.wrong !== undefined && isCallStage(turn.facts.pipelines, one)) turn.addTask(one, 'call');
    delete one.calls?.wrong;
  }
  if (turn.state.dialog?.kind === 'number') delete turn.state.dialog;
}
