import type { Application } from '../candidate.ts';
import type { Turn } from '../turn.ts';
import type { Calls } from './calls.ts';

/** A call's result is taken back: what was waited for before it is waited for again. */
export function restoreCalls(turn: Turn, application: Application, calls: Calls | undefined): void {
  const { id } = application;
  if (calls) application.calls = calls;
  else delete application.calls;
  const { after, reserveAt } = calls ?? {};
  if (after !== undefined && after > turn.now)
    turn.schedule(`callAgain:${id}`, after, { kind: 'callAgain', application: id, at: after });
  if (reserveAt !== undefined)
    turn.schedule(`callReserve:${id}`, Math.max(reserveAt, turn.now), {
      kind: 'callReserve',
      application: id,
      at: reserveAt,
    });
}
