import type { Application } from '../candidate.ts';
import { named } from '../named.ts';
import { isOpen } from '../pipelines/stages.ts';
import type { Turn } from '../turn.ts';

/** Somebody who stands on the vacancy already responds once more, or by another site: whoever works with them hears of it. */
export function arrivesAgain(turn: Turn, application: Application, source: string): void {
  const params = { source: named('source', source) };
  turn.fact('arrivedAgain', application.id, 'bot', params);
  if (isOpen(application.stage)) turn.tell(application, 'notice.arrivedAgain', params);
}
