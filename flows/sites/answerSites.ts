import type { Application } from '../candidate.ts';
import { talkingChannels } from '../channels.ts';
import type { Notify } from '../effect.ts';
import { named } from '../named.ts';
import type { Arrival } from './arrival.ts';
import type { Turn } from '../turn.ts';
import { type AnswerFault, answeredSources } from './sourceNames.ts';

/**
 * For a message that a site's answer says too: by their chats where there are any, and nobody is asked to ring them where
 * there are none. Never by mail or SMS: whoever only responded has not consented to those.
 */
export function unlessAnswered(application: Application): Pick<Notify, 'only'> {
  return answered(application).length > 0 ? { only: talkingChannels } : {};
}

/** Tell the sites that a person responded on what was decided, each once; nothing for who came otherwise. */
export function answerSites(
  turn: Turn,
  application: Application,
  kind: 'invite' | 'refuse',
  more: Partial<Notify> = {},
): void {
  for (const { source, id: response } of answered(application)) {
    const message = { key: `sites.answer.${kind}`, params: { source: named('source', source) } };
    turn.notify({ source, response }, message, { application: application.id, ...more });
  }
}

/** The responses that are answered where they were made. */
function answered({ arrivals = [] }: Application): Arrival[] {
  return arrivals.filter(({ source, links = [] }) => {
    const which = answeredSources[source];
    return which === 'any' || (which === 'chat' && links.some(({ kind }) => kind === 'chat'));
  });
}

/** A site did not take the answer: it is a recruiter's to give there by hand, as long as something hangs on it. */
export function answerNotTaken(
  turn: Turn,
  application: Application,
  message: string,
  { source, why }: { source: string; why: AnswerFault },
): void {
  const params = { source: named('source', source), why: { key: `sites.answer.fault.${why}` } };
  turn.fact('answerNotTaken', application.id, 'bot', params);
  turn.tell(application, 'notice.answerNotTaken', params);
  if (application.stage === 'invited') turn.addTask(application, 'undelivered', message);
}
