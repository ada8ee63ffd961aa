import type { Application } from './candidate.ts';
import { liftBlacklist } from './blacklist.ts';
import { bringBack } from './bringBack.ts';
import { reopen } from './refuse.ts';
import type { Refused } from './staffCommand.ts';
import type { Turn } from './turn.ts';

/** Take back the last act, as long as its first message has not left. */
export function undo(turn: Turn, application: Application, { by }: { by: string }): Refused {
  const { undo: last, refusal } = application;
  if (refusal?.messageSent) return { code: 'alreadySent' };
  if (!last) return { code: 'nothingToUndo' };
  reopen(turn, application);
  if (last.act === 'blacklist') liftBlacklist(turn, application);
  delete application.undo;
  bringBack(turn, application, last.stage);
  turn.fact('undone', application.id, by, { act: { key: `fact.act.${last.act}` } });
  return undefined;
}
