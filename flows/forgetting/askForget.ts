import type { Dialog } from '../candidate.ts';
import type { Place } from '../channels.ts';
import type { Param } from '../effect.ts';
import { misunderstood } from '../candidateMessages.ts';
import { askAgain } from '../dialogs/askAgain.ts';
import { isOpen } from '../pipelines/stages.ts';
import type { Turn } from '../turn.ts';
import { atWork } from './forgetPerson.ts';
import { saysErase, wordOf } from './saysErase.ts';

type Asked = Extract<Dialog, { kind: 'forget' }>;

/** `/forget`: what would be deleted and called off, in plain words. What was asked before waits meanwhile. */
export function askForget(turn: Turn): void {
  const { dialog } = turn.state;
  const before = dialog?.kind === 'forget' ? dialog.before : dialog;
  const misses = dialog?.kind === 'forget' ? dialog.misses : 0;
  const application = before?.application;
  const prompt = turn.ask({ kind: 'forget', ...(before && { before }), ...(application && { application }) });
  if (turn.state.dialog) turn.state.dialog.misses = misses;
  turn.say('forget.ask', { lines: { lines: ends(turn) } }, [
    [{ label: { key: 'forget.button.yes' }, data: `p:${prompt}:delete`, style: 'danger' }],
    [{ label: { key: 'forget.button.no' }, data: `p:${prompt}:no` }],
  ]);
}

/** What ends with it: a line for each application that somebody works on. */
function ends(turn: Turn): Param[] {
  const lines = turn.state.applications
    .filter(({ stage }) => isOpen(stage))
    .map((application): Param => {
      const { interview, stage } = application;
      const vacancy = turn.title(application);
      if (interview && interview.start > turn.now)
        return {
          key: 'forget.ends.meeting',
          params: { vacancy, when: { at: interview.start, as: 'dateTime' } },
        };
      return { key: atWork(stage) ? 'forget.ends.work' : 'forget.ends.application', params: { vacancy } };
    });
  return lines.length > 0 ? [{ key: 'forget.ends.title' }, ...lines] : [];
}

/** The answer, tapped or typed. */
export function answerForget(turn: Turn, dialog: Asked, answer: string, { channel, address }: Place): void {
  const said = wordOf(answer);
  const words = Object.values(turn.facts.lexicon);
  // The buttons say what is typed otherwise, one of those words each.
  if (saysErase(turn.facts.lexicon, answer)) {
    if (turn.state.merging) return turn.say('refusal.joinUnderWay');
    delete turn.state.dialog;
    turn.effects.push({ type: 'forget', key: `forget:${turn.state._id}`, tell: { channel, address } });
    return undefined;
  }
  if (!words.some(({ no }) => no.includes(said))) return misunderstood(turn, 'forget.hint');
  if (dialog.before) turn.state.dialog = dialog.before;
  else delete turn.state.dialog;
  turn.say('forget.kept');
  askAgain(turn);
}
