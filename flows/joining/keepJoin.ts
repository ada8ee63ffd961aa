import type { Application, Candidate } from '../candidate.ts';
import type { Turn } from '../turn.ts';

/** What changes without anything having happened to the person. */
const bookkeeping = new Set<string>([
  'version',
  'decided',
  'outbox',
  'unpublished',
  'merging',
  'join',
  'joined',
  'handing',
  'parted',
  'apart',
  'marks',
  'pool',
  'tasked',
  'sought',
  'duplicates',
  'notSame',
  'username',
  'link',
  'linkMisses',
  'held',
  'gotData',
] satisfies (keyof Candidate)[]);

/**
 * A joining can be taken back until something happens: what was done then belongs to both. The joining itself is
 * remembered whole, with what looking after the card has changed.
 */
export function keepJoin(turn: Turn, before: Candidate): void {
  const { state, event } = turn;
  if (event.type === 'absorbed' && state.join?.event === event.event) {
    const { join } = state;
    const ended = new Set(join.ended.map(({ application }) => application));
    join.changed = before.applications.filter(
      (old) => !ended.has(old.id) && !sameAs(old, turn.application(old.id)),
    );
  } else if (state.join && before.join?.event === state.join.event && seen(before) !== seen(state))
    delete state.join;
}

function sameAs(old: Application, now: Application | undefined): boolean {
  return JSON.stringify(old) === JSON.stringify(now);
}

function seen(state: Candidate): string {
  const entries = Object.entries(state).filter(([name]) => !bookkeeping.has(name));
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
