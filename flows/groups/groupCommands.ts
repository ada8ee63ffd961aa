import type { Application } from '../candidate.ts';
import type { StaffCommand } from '../event.ts';
import type { Refused } from '../staffCommand.ts';
import type { Turn } from '../turn.ts';
import { dropInterview } from '../dropInterview.ts';
import { sayCancelled } from '../refuse.ts';
import { take } from '../take.ts';
import { passOn } from '../line/offer.ts';
import { type Group, isComing } from './group.ts';
import { mayJoinFrom } from './mayJoinFrom.ts';
import { groupParams } from './groupParams.ts';
import { askForSeat, takeSeat } from './takeSeat.ts';

type Of<T extends StaffCommand['type']> = Extract<StaffCommand, { type: T }>;

/** The candidate is asked into a group, and answers in the chat; a place is theirs when they say yes. */
function inviteToGroup(
  turn: Turn,
  application: Application,
  { by, group: id }: Of<'inviteToGroup'>,
): Refused {
  const group = joinable(turn, application, id);
  if ('code' in group) return group;
  if (!turn.state.channels.some(({ blocked }) => !blocked)) return { code: 'cannotReach' };
  comeBack(turn, application, by);
  application.group = { id, state: 'invited', at: turn.now, by };
  turn.fact('groupInvited', application.id, by, groupParams(turn, group));
  askIntoGroup(turn, application, group);
  return undefined;
}

/** A recruiter has agreed it by phone: a place at once, or the line when there is none. */
function addToGroup(turn: Turn, application: Application, { by, group: id }: Of<'addToGroup'>): Refused {
  const group = joinable(turn, application, id);
  if ('code' in group) return group;
  comeBack(turn, application, by);
  takeSeat(turn, application, group, by);
  return undefined;
}

/** The group was moved or called off: whoever has to do with it hears, and is in it at its new time. */
function groupChanged(turn: Turn, application: Application, { group: id }: Of<'groupChanged'>): Refused {
  const group = turn.group(id);
  const place = application.group;
  if (!group || place?.id !== id || place.state === 'declined') return undefined;
  const { interview } = application;
  if (interview?.attendance !== undefined) return undefined;
  passOn(turn, application, 'line.over');
  if (!isComing(group, turn.now))
    return group.cancelled === undefined ? undefined : off(turn, application, group);
  if (place.state === 'booked') {
    const seat = interview?.group?.id === id ? interview.interviewer : undefined;
    if (!seat || interview?.start === group.start) return undefined;
    // Everybody keeps their own place: no two of them can want the same.
    askForSeat(turn, application, group, seat, group.by);
    return undefined;
  }
  if (place.state === 'invited') askIntoGroup(turn, application, group);
  else
    turn.say('group.movedWaiting', groupParams(turn, group), undefined, {
      prompt: false,
      application: application.id,
    });
  return undefined;
}

/** Something for all of them: said to the candidate, or put on the card. */
function groupText(turn: Turn, application: Application, { by, text, to }: Of<'groupText'>): Refused {
  if (to === 'cards') {
    application.notes.push({ at: turn.now, by, text });
    turn.fact('noteAdded', application.id, by, { text });
    return undefined;
  }
  const name = turn.member(by)?.name ?? { key: 'agency.name' };
  turn.say('group.message', { name, text }, undefined, { prompt: false, application: application.id });
  turn.fact('groupWritten', application.id, by, { text });
  return undefined;
}

export const groupCommands = { inviteToGroup, addToGroup, groupChanged, groupText };

/** The group, when this application may be asked into it; else why not. */
function joinable(turn: Turn, application: Application, id: string): Group | Exclude<Refused, undefined> {
  const group = turn.group(id);
  if (!group || !isComing(group, turn.now) || group.vacancy !== application.vacancy)
    return { code: 'groupGone' };
  if (turn.state.blacklisted) return { code: 'blacklisted' };
  if (application.next) return { code: 'continued' };
  if (!mayJoinFrom(turn.facts.pipelines, application, group.kind))
    return { code: 'wrongStage', params: { stage: turn.stageName(application) } };
  const place = application.group;
  const isThere = place?.id === id && (place.state === 'booked' || place.state === 'waiting');
  return isThere ? { code: 'alreadyInGroup' } : group;
}

/** Acting on a lead is taking it; from the reserve one is back on the road. */
function comeBack(turn: Turn, application: Application, by: string): void {
  take(turn, application, by);
  if (application.stage !== 'reserve') return;
  application.stage = 'invited';
  application.stageAt = turn.now;
}

function askIntoGroup(turn: Turn, application: Application, group: Group): void {
  const data = (answer: string) => `u:${application.id}:${group._id}:${answer}`;
  turn.say(
    'group.invite',
    groupParams(turn, group),
    [
      [{ label: { key: 'group.button.yes' }, data: data('yes'), style: 'success' }],
      [{ label: { key: 'group.button.no' }, data: data('no') }],
    ],
    { prompt: false, application: application.id },
  );
}

function off(turn: Turn, application: Application, group: Group): Refused {
  const { interview } = application;
  delete application.group;
  turn.fact('groupOff', application.id, group.by, groupParams(turn, group));
  if (interview?.group?.id !== group._id) {
    turn.say('group.off', groupParams(turn, group), undefined, {
      prompt: false,
      application: application.id,
    });
    return undefined;
  }
  dropInterview(turn, application, group.by);
  if (interview.kind !== 'training') {
    application.stage = 'invited';
    application.stageAt = turn.now;
    turn.addTask(application, 'reschedule');
  }
  sayCancelled(turn, application, interview);
  return undefined;
}
