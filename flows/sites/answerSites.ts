import type { Application } from '../candidate.ts';
import type { Notify } from '../effect.ts';
import { named } from '../named.ts';
import type { Turn } from '../turn.ts';
import { type AnswerFault, answeredSources } from './sourceNames.ts';

/** Tell the sites that a person responded on what was decided, each once; nothing for who came otherwise. */
export function answerSites(
  turn: Turn,
  application: Application,
  kind: 'invite' | 'refuse',
  more: Partial<Notify> = {},
): void {
  for (const { source, id: response, links = [] } of application.arrivals ?? []) {
    const which = answeredSources[source];
    if (!which || (which === 'chat' && !links.some((link) => link.kind === 'chat'))) continue;
    const message = { key: `sites.answer.${kind}`, params: { source: named('source', source) } };
    turn.notify({ source, response }, message, { application: application.id, ...more });
  }
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
