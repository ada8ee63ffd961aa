import type { Application, Stage, WasRefused } from './candidate.ts';
import { bringBack } from './bringBack.ts';
import { leave, refuseAsBefore } from './refuse.ts';
import { isOpen } from './pipelines/stages.ts';
import type { Turn } from './turn.ts';

/** The blacklist is the person's: every open application of theirs ends with it, and all of it can be undone. */
export function blacklist(
  turn: Turn,
  application: Application,
  { by, reason, was }: { by: string; reason: string; was?: WasRefused },
): void {
  const { state } = turn;
  const ended = [...(state.blacklisted?.ended ?? [])];
  const others = state.applications.filter((one) => one !== application && isOpen(one.stage));
  for (const one of [application, ...others]) {
    const stage = stageToReturn(turn, one);
    ended.push({ application: one.id, stage, ...(one === application && was && { was }) });
    leave(turn, one, 'blacklist', by);
    turn.fact('blacklisted', one.id, by, { reason });
    if (one !== application && one.recruiter !== by) turn.tell(one, 'notice.endedByBlacklist', { reason });
  }
  delete state.dialog;
  state.blacklisted = { at: turn.now, by, reason, ended };
}

/** Out of the blacklist: what ended with it is back where it stood, but for the one that goes its own way. */
export function liftBlacklist(turn: Turn, except: Application): void {
  const ended = turn.state.blacklisted?.ended ?? [];
  delete turn.state.blacklisted;
  for (const { application: id, stage, was } of ended) {
    const application = turn.application(id);
    if (!application || application === except || application.stage !== 'blacklist') continue;
    delete application.undo;
    bringBack(turn, application, stage);
    if (was) refuseAsBefore(turn, application, was);
    turn.fact('broughtBack', application.id);
  }
}

/** A meeting that is over is judged; one that was to come is let go, and a new time is owed. */
export function stageToReturn(turn: Turn, { stage, interview }: Application): Stage {
  return stage === 'interview' && interview && interview.start <= turn.now ? 'decision' : stage;
}
