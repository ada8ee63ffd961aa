import type { Application } from './candidate.ts';
import { handTasks } from './handTasks.ts';
import { isOpen } from './pipelines/stages.ts';
import { relayCommands } from './relay.ts';
import type { Turn } from './turn.ts';

/**
 * A recruiter whose access was closed hears nothing any more. Before anything else is decided, what was theirs and is not
 * over goes to a colleague of the vacancy, whose turn it is, or to the head: the application and its open tasks.
 */
export function passOnLeft(turn: Turn): void {
  const left = (id: string | undefined): boolean => id !== undefined && turn.member(id)?.active === false;
  for (const application of turn.state.applications) {
    if (!isOpen(application.stage)) continue;
    const { recruiter, tasks } = application;
    const some = tasks.some(({ done, member }) => done === undefined && left(member));
    if (!left(recruiter) && !some) continue;
    const heir = left(recruiter) ? heirOf(turn, application) : recruiter;
    if (heir === undefined) continue;
    application.recruiter = heir;
    handTasks(turn, application, left, heir);
    const names = { from: nameOf(turn, recruiter), to: nameOf(turn, heir) };
    if (left(recruiter)) turn.fact('recruiterLeft', application.id, undefined, names);
  }
}

/** Their access was closed just now: a talk of theirs with this person is over, and the bot answers again. */
export function recruiterLeft(turn: Turn, member: string): undefined {
  const last = turn.state.applications.at(-1);
  if (last && turn.member(member)?.active === false) relayCommands.closeRelay(turn, last, { by: member });
}

function heirOf(turn: Turn, { vacancy }: Application): string | undefined {
  const there = (turn.vacancy(vacancy)?.recruiters ?? []).filter((id) => turn.member(id)?.active);
  const next = turn.facts.turn[vacancy];
  return next !== undefined && there.includes(next) ? next : (there[0] ?? turn.head());
}

function nameOf(turn: Turn, id: string | undefined): string {
  return turn.member(id)?.name ?? '—';
}
