import type { Turn } from './turn.ts';

const day = 86_400_000;

/**
 * Fetch a recruiter into the talk: a task with a short clock, a notice, and a kind word to the candidate.
 *
 * @returns whether there is one who comes
 */
export function callHuman(turn: Turn, why: 'asked' | 'misunderstood'): boolean {
  const application = turn.state.applications.findLast(({ recruiter }) => recruiter !== undefined);
  if (!application) {
    turn.say('candidate.human.noOne');
    const { calledHuman } = turn.state;
    // The head cannot answer there: once a day is enough to know of it.
    if (calledHuman !== undefined && calledHuman + day > turn.now) return false;
    turn.state.calledHuman = turn.now;
    const head = turn.head();
    if (head) turn.notify({ member: head }, { key: 'notice.humanNoApplication' });
    return false;
  }
  // Called already, and not there yet: the recruiter is not told once more.
  if (application.tasks.some(({ kind, done }) => kind === 'help' && done === undefined)) {
    turn.say('candidate.human.already');
    return true;
  }
  turn.addTask(application, 'help');
  turn.tell(application, `notice.human.${why}`, {}, {}, [
    [{ label: { key: 'notice.button.reply' }, data: `s:relay:${application.id}`, style: 'primary' }],
  ]);
  turn.toDesk(application, { key: 'desk.human' });
  turn.fact('humanCalled', application.id);
  turn.say('candidate.human.coming');
  return true;
}
