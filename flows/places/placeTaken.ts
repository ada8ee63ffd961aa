import type { Application } from '../candidate.ts';
import type { Button } from '../effect.ts';
import type { StaffCommand } from '../event.ts';
import { isOpen } from '../pipelines/stages.ts';
import { afterQuiet } from '../quietHours.ts';
import { leave, refuse } from '../refuse.ts';
import type { Refused } from '../staffCommand.ts';
import type { Turn } from '../turn.ts';
import { undo } from '../undo.ts';
import { mayBeTurnedAway } from './fillsPlace.ts';

/** How many other vacancies are offered in place of the one that is filled. */
const offered = 5;

/**
 * Somebody else has the place. By the agency's choice the application is refused, or goes to the reserve, with or
 * without other vacancies at hand. The message leaves later; until then all of it can be undone.
 */
export function placeTaken(
  turn: Turn,
  application: Application,
  { by, then }: Extract<StaffCommand, { type: 'placeTaken' }>,
): Refused {
  const { id, stage } = application;
  if (!isOpen(stage) || !mayBeTurnedAway(stage)) return { code: 'wrongStage' };
  turn.fact('placeTaken', id, by);
  if (then === 'refuse') refuse(turn, application, { reason: 'filled', by });
  else setAside(turn, application, then, by);
  return undefined;
}

function setAside(turn: Turn, application: Application, then: 'reserve' | 'other', by: string): void {
  const { policy } = turn.facts;
  const messageAt = afterQuiet(
    turn.now + policy.refusal.messageHours * 3_600_000,
    turn.state.zone,
    policy.quiet,
  );
  leave(turn, application, 'reserve', by);
  application.setAside = { at: turn.now, then, messageAt };
  const timer = { kind: 'setAside' as const, application: application.id, at: turn.now };
  turn.schedule(`setAside:${application.id}`, messageAt, timer);
}

/** The vacancy is open again: whoever has not been told yet is back where they stood. */
export function placeFree(turn: Turn, application: Application, { by }: { by: string }): Refused {
  if (application.undo?.act !== 'placeTaken') return { code: 'nothingToUndo' };
  return undo(turn, application, { by });
}

/** Nobody undid it: now it is said, with what else there is. */
export function saySetAside(turn: Turn, application: Application, at: number): void {
  const { setAside: set, stage } = application;
  if (set?.at !== at || set.messageSent || stage !== 'reserve' || application.next) return;
  set.messageSent = true;
  delete application.undo;
  const others = set.then === 'other' ? otherVacancies(turn) : [];
  turn.say(
    others.length > 0 ? 'places.other' : 'places.reserve',
    { vacancy: turn.title(application) },
    others,
    {
      prompt: false,
      application: application.id,
      stages: ['reserve'],
      key: `setAside:${application.id}:${at}`,
    },
  );
}

function otherVacancies(turn: Turn): Button[][] {
  const on = turn.state.applications.filter(({ stage }) => isOpen(stage)).map(({ vacancy }) => vacancy);
  return turn.facts.vacancies
    .filter(({ _id, status }) => status === 'open' && !on.includes(_id))
    .slice(0, offered)
    .map(({ _id, title }) => [{ label: { words: title }, data: `o:${_id}` }]);
}

/** It goes another way before the message has left. */
export function dropSetAside(turn: Turn, application: Application): void {
  if (!application.setAside) return;
  if (!application.setAside.messageSent) turn.cancel(`setAside:${application.id}`);
  delete application.setAside;
}
