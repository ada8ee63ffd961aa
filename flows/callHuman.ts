import type { Turn } from './turn.ts';

/** Fetch a recruiter into the talk: a task with a short clock, a notice, and a kind word to the candidate. */
export function callHuman(turn: Turn, why: 'asked' | 'misunderstood'): void {
  const application = turn.state.applications.findLast(({ recruiter }) => recruiter !== undefined);
  if (!application) {
    turn.say('candidate.human.noOne');
    const head = turn.head();
    if (head) turn.notify({ member: head }, { key: 'notice.humanNoApplication' });
    return;
  }
  // Called already, and not there yet: the recruiter is not told once more.
  if (application.tasks.some(({ kind, done }) => kind === 'help' && done === undefined))
    return turn.say('candidate.human.already');
  turn.addTask(application, 'help');
  turn.tell(application, `notice.human.${why}`, {}, {}, [
    [{ label: { key: 'notice.button.reply' }, data: `s:relay:${application.id}`, style: 'primary' }],
  ]);
  turn.toDesk(application, { key: 'desk.human' });
  turn.fact('humanCalled', application.id);
  turn.say('candidate.human.coming');
}
