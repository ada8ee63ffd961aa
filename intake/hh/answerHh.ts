import { AnswerRefused, SourceError } from '../source.ts';
import type { HhClient } from './hhClient.ts';
import { HhFault } from './hhFault.ts';
import { type HhAction, hhResponse } from './hhResponse.ts';

/** hh's buttons, the one that fits best first: which of them there are is the employer's to choose. */
const buttons = {
  invite: ['phone_interview', 'invitation', 'interview', 'assessment', 'consider'],
  refuse: ['discard_by_employer', 'discard', 'discard_after_interview'],
};
/** What the person sees when it was done. */
const done = { invite: 'invitation', refuse: 'discard' };

/** It stands there already, or stands otherwise by somebody's hand: nothing is left to be told. */
const stands = ['wrong_state', 'already_applied'];
/** Later it may do. */
const later = ['limit_exceeded', 'overall_limit'];

/**
 * Press hh's button "invite" or "refuse" on a response, with a text. The buttons' addresses are hh's own words and are asked
 * for anew; what was done already is done.
 *
 * @throws SourceError
 * @throws AnswerRefused
 */
export async function answerHh(
  hh: HhClient,
  lead: string,
  { kind, text }: { kind: 'invite' | 'refuse'; text: string },
): Promise<void> {
  try {
    const { state, actions } = await hh.get(`/negotiations/${encodeURIComponent(lead)}`, hhResponse);
    if (state.id.startsWith(done[kind])) return;
    const action = buttonOf(kind, actions ?? []);
    if (!action) throw new AnswerRefused();
    const form = takes(action, 'message') && { message: text };
    await hh.send({ method: action.method, address: action.url, ...(form && { form }) });
  } catch (error) {
    if (!(error instanceof HhFault)) throw error;
    if (stands.includes(error.value)) return;
    throw later.includes(error.value) ? new SourceError('limit') : new AnswerRefused();
  }
}

function buttonOf(kind: 'invite' | 'refuse', actions: HhAction[]): HhAction | undefined {
  const able = actions.filter(({ enabled }) => enabled !== false);
  return buttons[kind]
    .map((name) => able.find(({ id }) => id === name))
    .find((action) => action !== undefined);
}

function takes({ arguments: all }: HhAction, name: string): boolean {
  return all?.some(({ id }) => id === name) ?? false;
}
