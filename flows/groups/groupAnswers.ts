import type { Application } from '../candidate.ts';
import type { Button } from '../effect.ts';
import type { Turn } from '../turn.ts';
import { passOn } from '../line/offer.ts';
import { saidYesOrNo } from '../line/saidYesOrNo.ts';
import { isOpen } from '../pipelines/stages.ts';
import { type Group, isComing } from './group.ts';
import { groupParams } from './groupParams.ts';
import { takeSeat } from './takeSeat.ts';

/** A button about a group: `u:<application>:<group>:yes|no|leave`. */
export function tapGroup(turn: Turn, id: string, [of = '', answer = '']: string[]): void {
  const application = turn.application(id);
  const group = turn.group(of);
  if (!application || !group || !isComing(group, turn.now) || !isOpen(application.stage)) return stale(turn);
  if (answer === 'yes') return join(turn, application, group);
  if (application.group?.id !== of) return stale(turn);
  if (answer === 'no' && application.group.state === 'invited') return decline(turn, application, group);
  if (answer === 'leave' && application.group.state === 'waiting') return decline(turn, application, group);
  stale(turn);
}

/** Words, when they were asked nothing else but whether they come to a group. */
export function answerGroupText(turn: Turn, text: string): boolean {
  const application = turn.state.applications.find(({ group }) => group?.state === 'invited');
  const group = turn.group(application?.group?.id);
  const answer = saidYesOrNo(turn, text);
  if (!application || !group || !answer || !isComing(group, turn.now)) return false;
  tapGroup(turn, application.id, [group._id, answer]);
  return true;
}

/** "Another time" than a group's: one of the other groups, or the recruiter. The place is theirs until then. */
export function otherGroup(turn: Turn, application: Application): void {
  const { interview } = application;
  const mine = turn.group(interview?.group?.id);
  const others = turn.facts.groups
    .filter((one) => isComing(one, turn.now) && one._id !== mine?._id)
    .filter((one) => one.vacancy === application.vacancy && one.kind === mine?.kind)
    .sort((a, b) => a.start - b.start)
    .slice(0, 6);
  const more = { application: application.id };
  if (others.length === 0) {
    turn.addTask(application, 'reschedule');
    turn.tell(application, 'group.notice.otherTime', { phone: turn.state.phone ?? '—' });
    return turn.say('group.noOther', undefined, undefined, more);
  }
  const rows = others.map((one): Button[] => [
    {
      label: {
        key: 'candidate.slot.nearButton',
        params: { when: { at: one.start, as: 'dateTime', zone: turn.state.zone } },
      },
      data: `u:${application.id}:${one._id}:yes`,
    },
  ]);
  turn.say('group.others', undefined, rows, more);
}

function join(turn: Turn, application: Application, group: Group): void {
  const place = application.group;
  const asked = place?.id === group._id;
  const moves = application.interview?.group !== undefined && application.interview.attendance === undefined;
  if ((!asked && !moves) || (asked && (place.state === 'booked' || place.state === 'waiting')))
    return stale(turn);
  takeSeat(turn, application, group);
}

function decline(turn: Turn, application: Application, group: Group): void {
  application.group = { id: group._id, state: 'declined', at: turn.now, by: 'candidate' };
  const params = groupParams(turn, group);
  passOn(turn, application, 'line.over');
  turn.fact('groupDeclined', application.id, 'candidate', params);
  turn.tell(application, 'group.notice.declined', params);
  turn.say('group.declined', undefined, undefined, { application: application.id });
}

function stale(turn: Turn): void {
  turn.toast = { key: 'line.toast.over' };
}
