import type { Application } from './candidate.ts';
import type { Button, Message } from './effect.ts';
import { interviewParams } from './interviewParams.ts';
import { showSlots } from './dialogs/slotChoice.ts';
import type { Turn } from './turn.ts';

/**
 * What a person's page shows of one application: their interview with its buttons, and the choice of a time while one
 * is going on. Drawn on a turn that is thrown away; nothing of it is decided.
 */
export function personPage(turn: Turn, application: Application): Message[] {
  const { dialog } = turn.state;
  const shown = [aboutInterview(turn, application)];
  const choosing = dialog?.kind === 'format' || dialog?.kind === 'day' || dialog?.kind === 'time';
  if (choosing && dialog.application === application.id) {
    showSlots(turn, dialog);
    shown.push(...saidTo(turn));
  }
  return shown;
}

/** What a turn has said to its candidate. */
export function saidTo({ effects, state }: Pick<Turn, 'effects' | 'state'>): Message[] {
  return effects.flatMap((effect) =>
    effect.type === 'notify' && 'candidate' in effect.to && effect.to.candidate === state._id
      ? [effect.message]
      : [],
  );
}

function aboutInterview(turn: Turn, application: Application): Message {
  const { interview, interviewVersion: version } = application;
  if (!interview) return { key: 'page.none', params: { vacancy: turn.title(application) } };
  const params = interviewParams(turn, application, interview);
  // Whoever has the link is shown no phone number.
  if (interview.format === 'phone') params.place = { ...params.place, key: 'page.byPhone' };
  if (interview.start <= turn.now) return { key: 'page.past', params };
  const id = `${application.id}:${version}`;
  const asked = interview.reminders.findLast((one) => one.asked !== undefined);
  const yes: Button = {
    label: { key: 'candidate.button.willCome' },
    data: `r:${id}:yes:${asked?.hours ?? 0}`,
    style: 'success',
  };
  const confirmed = interview.reminders.some((one) => one.confirmed !== undefined);
  return {
    key: confirmed ? 'page.confirmed' : 'page.interview',
    params,
    buttons: [
      ...(asked && asked.confirmed === undefined ? [[yes]] : []),
      [{ label: { key: 'candidate.button.anotherTime' }, data: `i:${id}:move` }],
      [{ label: { key: 'candidate.button.cannot' }, data: `i:${id}:cancel`, style: 'danger' }],
    ],
  };
}
