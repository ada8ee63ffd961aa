import type { Application } from './candidate.ts';
import type { Turn } from './turn.ts';

/** A time is chosen where one is invited or has a meeting to move: gone on from there, its question is over. */
export function dropChoice(turn: Turn, { id, stage }: Application): void {
  const { dialog } = turn.state;
  if (dialog?.application !== id || stage === 'invited') return;
  if (dialog.kind === 'format' || dialog.kind === 'day' || dialog.kind === 'time') delete turn.state.dialog;
}
