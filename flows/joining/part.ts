import type { Application, Candidate } from '../candidate.ts';
import { bringMeetingBack } from '../cancelInterview.ts';
import type { Event } from '../event.ts';
import { same } from '../ladder.ts';
import { isService } from '../isService.ts';
import type { Refused } from '../staffCommand.ts';
import { tellStaff } from '../slotAnswer.ts';
import type { Turn } from '../turn.ts';
import { restore } from '../undo.ts';
import type { Ended, Join, Joining } from './joining.ts';
import { mayJoin } from './mayJoin.ts';

/** So many chats that went away are remembered: they come by the handful. */
const remembered = 20;

/**
 * A joining is taken back, as long as nothing has happened since: this card is who it was, and what was the other's is
 * put aside for it, until it stands by itself. Said again, it changes nothing.
 */
export function part(turn: Turn, { by, from }: Extract<Joining, { type: 'parting' }>): Refused {
  const { state, facts } = turn;
  if (state.handing?.to === from) return undefined;
  if (state.handing) return { code: 'joinUnderWay' };
  const { join } = state;
  if (join?.from !== from) return { code: 'joinMovedOn' };
  if (!isService(by) && !mayJoin(turn.member(by), state, facts.vacancies)) return { code: 'notAllowed' };
  changeBack(turn, join);
  const isTheirs = ({ id }: { id: string }) => join.theirs.includes(id);
  const rest = { version: state.version, decided: state.decided, outbox: state.outbox };
  const gone = [from, ...join.joined];
  const joined = (state.joined ?? []).filter((id) => !gone.includes(id));
  const person: Candidate = {
    ...join.was,
    applications: state.applications.filter(isTheirs),
    ...(join.joined.length > 0 && { joined: join.joined }),
    version: 0,
    decided: [],
    outbox: [],
  };
  turn.state = {
    ...join.before,
    ...rest,
    ...(state.unpublished && { unpublished: true }),
    ...(joined.length > 0 && { joined }),
    parted: [
      ...(state.parted ?? []),
      ...join.was.channels.map(({ channel, address }) => ({ channel, address })),
    ].slice(-remembered),
    applications: state.applications.filter((one) => !isTheirs(one)),
    merging: true,
    handing: {
      to: from,
      person,
      ended: join.ended.filter(({ application }) => join.theirs.includes(application)),
    },
  };
  takeUp(
    turn,
    join.ended.filter(({ application }) => !join.theirs.includes(application)),
  );
  turn.fact('parted', turn.state.applications.at(-1)?.id, by, { name: join.was.name ?? '—', card: from });
  return undefined;
}

/** The other card stands by itself: what was put aside for it is not kept twice. */
export function handedOver({ state }: Turn, to: string): void {
  if (state.handing?.to !== to) return;
  delete state.handing;
  delete state.merging;
}

/** What is done in a chat; by the others a chat comes to a person. */
const inChat = new Set<Event['type']>([
  'messageArrived',
  'buttonTapped',
  'channelBlocked',
  'channelUnblocked',
]);

/** Is it from a chat that went away with a card which was joined here for a while? */
export function isElsewhere({ channels, parted = [] }: Candidate, event: Event): boolean {
  if (!('reach' in event) || !inChat.has(event.type)) return false;
  const { reach } = event;
  return parted.some((one) => same(one, reach)) && !channels.some((one) => same(one, reach));
}

/**
 * What ended with the joining goes on where it stood. A window that was let go is asked for again; should somebody else
 * have it by now, the candidate hears that the meeting is off.
 */
export function takeUp(turn: Turn, ended: Ended[]): void {
  for (const { application: id, undo, kept, called } of ended) {
    const application = turn.application(id);
    if (!application || !undo.was) continue;
    const back = called && called.interview.start > turn.now ? called : undefined;
    if (back) bringMeetingBack(turn, application, undo.by, back);
    restore(turn, application, undo, undo.was);
    // Those who had heard that it is off hear that it is on.
    if (back) tellStaff(turn, application, back.interview, 'set');
    delete application.previous;
    delete application.next;
    Object.assign(application, kept);
  }
}

/** The others stand as they stood, but for a window that was offered to them and is let go. */
function changeBack(turn: Turn, { changed }: Join): void {
  for (const old of changed) {
    const now = turn.application(old.id);
    if (!now) continue;
    for (const task of now.tasks) if (!old.tasks.some(({ id }) => id === task.id)) turn.closeTask(task);
    const { offer, ...rest } = old;
    const back: Application = { ...rest, ...(offer && now.offer && { offer }) };
    turn.state.applications = turn.state.applications.map((one) => (one.id === old.id ? back : one));
  }
}
