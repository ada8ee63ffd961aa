import type { Application } from './candidate.ts';

/**
 * Can the last act be taken back still? Not when a message that tells of it has left, nor when the window of a meeting
 * that was called off is anybody's again.
 *
 * @param left which of the act's messages have left
 */
export function offersUndo(
  { undo, refusal }: Pick<Application, 'undo' | 'refusal'>,
  left: readonly string[],
  now: number,
): boolean {
  if (!undo || refusal?.messageSent) return false;
  if (undo.was?.messages.some((key) => left.includes(key))) return false;
  return undo.was?.called === undefined || undo.was.called.until >= now;
}
