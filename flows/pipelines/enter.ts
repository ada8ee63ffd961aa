import type { Application } from '../candidate.ts';
import type { Recipient } from '../effect.ts';
import type { Turn } from '../turn.ts';
import { beginCalls } from '../calls/putOff.ts';
import { dropChoice } from '../dropChoice.ts';
import { dropAgreement } from '../late/agreement.ts';
import { entered, waitsForDay } from '../late/atWork.ts';
import { isOpen, type Stage } from './stages.ts';
import { stageTasks } from './stageTasks.ts';

/** Bring an application to a stage: the tasks of the one before are done, its own is set, who must know is told. */
export function enter(turn: Turn, application: Application, stage: Stage): void {
  application.stage = stage;
  application.stageAt = turn.now;
  dropChoice(turn, application);
  if (stage !== 'agreeing') dropAgreement(turn, application);
  turn.finishTasks(application, ...stageTasks, ...(isOpen(stage) ? [] : (['ringBack'] as const)));
  const { task, messages } = turn.spec(application);
  if (task?.kind === 'call') beginCalls(application);
  if (task && !waitsForDay(application, turn.facts.policy, turn.now)) turn.addTask(application, task.kind);
  for (const { to, text } of messages) {
    const recipient = recipientOf(turn, application, to);
    if (!recipient) continue;
    const params = { name: turn.state.name ?? '—', vacancy: turn.title(application) };
    const message =
      'key' in text
        ? { key: text.key, params }
        : { key: 'pipeline.ownMessage', params: { text: { ...text, params } } };
    const notBefore = turn.graceEnds();
    turn.notify(recipient, message, { application: application.id, stages: [stage], notBefore });
  }
  entered(turn, application, stage);
}

function recipientOf(turn: Turn, application: Application, to: string): Recipient | undefined {
  if (to === 'candidate') return { candidate: turn.state._id };
  const head = turn.head();
  const member = {
    recruiter: application.recruiter ?? head,
    client: turn.vacancy(application.vacancy)?.client,
    head,
  }[to];
  return member !== undefined && turn.member(member)?.active ? { member } : undefined;
}
