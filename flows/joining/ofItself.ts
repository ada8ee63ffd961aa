import type { Candidate } from '../candidate.ts';
import { isService } from '../isService.ts';
import type { Refused } from '../staffCommand.ts';
import type { Turn } from '../turn.ts';
import type { Joining } from './joining.ts';
import { mayJoin } from './mayJoin.ts';
import { takeUp } from './part.ts';

type OfItself = { id: string } & Extract<
  Joining,
  { type: 'joinInto' | 'joinDone' | 'joinRefused' | 'partFrom' | 'parted' | 'partRefused' }
>;

/** What becomes of the younger of two cards, step by step; a step that was taken already changes nothing. */
export function ofItself(turn: Turn, event: OfItself): Refused {
  const { state } = turn;
  switch (event.type) {
    case 'joinInto':
      return freeze(turn, event);
    case 'joinDone':
      if (state.merged?.phase === 'joining') turn.state = addressOf(state);
      return undefined;
    case 'joinRefused':
      if (state.merged?.phase === 'joining') thaw(turn);
      return undefined;
    case 'partFrom':
      if (!state.merged) return { code: 'joinMovedOn' };
      state.merged = { ...state.merged, phase: 'parting', parting: { by: event.by, event: event.id } };
      state.merging = true;
      return undefined;
    case 'partRefused':
      if (state.merged?.phase === 'parting') turn.state = addressOf(state);
      return undefined;
    case 'parted':
      if (state.merged?.phase === 'parting') standUp(turn, event);
      return undefined;
  }
}

/** Nothing happens to it any more; its chats are let go, so that the elder can have them. */
function freeze(turn: Turn, { id, by, into, keep }: Extract<OfItself, { type: 'joinInto' }>): Refused {
  const { state, facts } = turn;
  if (state.merged) return { code: 'alreadyJoined' };
  if (state.handing) return { code: 'joinUnderWay' };
  if (into === state._id) return { code: 'notAllowed' };
  if (!isService(by) && !mayJoin(turn.member(by), state, facts.vacancies)) return { code: 'notAllowed' };
  state.merged = { into, at: turn.now, by, event: id, keep, channels: state.channels, phase: 'joining' };
  state.channels = [];
  state.merging = true;
  return undefined;
}

function thaw({ state }: Turn): void {
  state.channels = state.merged?.channels ?? [];
  delete state.merged;
  delete state.merging;
}

/** All of it stands on the elder's card: what remains says where that is. */
function addressOf({ _id, version, createdAt, lang, zone, decided, outbox, merged }: Candidate): Candidate {
  const bare = { _id, version, createdAt, channels: [], lang, zone, applications: [], decided, outbox };
  if (!merged) return bare;
  const { into, at, by, event, keep, channels } = merged;
  return { ...bare, merged: { into, at, by, event, keep, channels } };
}

/** Itself again, with what ended by the joining taken up. */
function standUp(turn: Turn, { by, person, ended }: Extract<OfItself, { type: 'parted' }>): void {
  const { version, decided, outbox, createdAt, merged } = turn.state;
  const apart = [...new Set([...(person.apart ?? []), ...(merged ? [merged.into] : [])])];
  turn.state = { ...person, version, decided, outbox, createdAt, apart };
  takeUp(turn, ended);
  turn.fact('parted', turn.state.applications.at(-1)?.id, by, { name: person.name ?? '—' });
}
