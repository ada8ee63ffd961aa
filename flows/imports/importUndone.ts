import type { Candidate } from '../candidate.ts';
import type { Refused } from '../staffCommand.ts';
import type { Filled } from './rowImported.ts';
import type { Turn } from '../turn.ts';

/** An import is taken back, for one person. */
export interface ImportUndone {
  type: 'importUndone';
  by: string;
  import: string;
}

/** What happens by itself is no work on a person: alarms, likeness, and imports. */
const byItself = /^(?:import|undoImport|timer|same|turned):/;

/**
 * Take back what an import brought of a person: somebody it made is gone, somebody it was joined to is as before. Not
 * once anybody has worked with them since, or they themselves have come.
 */
export function importUndone(turn: Turn, { import: id, by }: ImportUndone): Refused {
  const { state } = turn;
  const ours = (state.notes ?? []).filter(({ from }) => from?.import === id);
  if (ours.length === 0) return undefined;
  if (touched(state, id)) return { code: 'touchedSince' };
  const made = ours.some(({ from }) => from?.made);
  const notes = state.notes ?? [];
  const others = notes.filter(({ from }) => from?.import !== id);
  // What a later table said as well is known by that one, too.
  const saidAgain = notes
    .slice(notes.findIndex((note) => note === ours[0]))
    .some((note) => others.includes(note) && note.from);
  for (const { from } of ours) {
    const application = turn.application(from?.application ?? '');
    for (const task of application?.tasks ?? []) if (task.done === undefined) turn.closeTask(task);
    state.applications = state.applications.filter((one) => one !== application);
    if (saidAgain) continue;
    empty(state, from?.filled ?? []);
    dropAlso(state, from?.also ?? []);
  }
  state.notes = others;
  if (made && others.length === 0) {
    turn.effects.push({ type: 'erase', key: `${turn.event.id}:erase` });
    return undefined;
  }
  if (others.length === 0) delete state.notes;
  turn.fact('importUndone', undefined, by);
  return undefined;
}

function empty(state: Candidate, fields: Filled[]): void {
  if (fields.includes('name')) delete state.name;
  if (fields.includes('phone')) delete state.phone;
  if (fields.includes('email')) delete state.email;
  if (fields.includes('username')) delete state.username;
  if (fields.includes('city')) delete state.city;
  if (fields.includes('birthday')) delete state.birthday;
}

function dropAlso(state: Candidate, dropped: string[]): void {
  if (!state.also || dropped.length === 0) return;
  const rest = (list: string[]) => list.filter((one) => !dropped.includes(one));
  const { names, phones, emails } = state.also;
  state.also = { names, phones: rest(phones), emails: rest(emails) };
  if (Object.values(state.also).every(({ length }) => length === 0)) delete state.also;
}

function touched({ decided, notes = [], channels, consent }: Candidate, id: string): boolean {
  const ours = notes.flatMap(({ from }) => (from?.import === id ? [from] : []));
  const made = ours.some((from) => from.made);
  if (made && (channels.length > 0 || consent !== undefined)) return true;
  const first = Math.min(...ours.map(({ event }) => decided.indexOf(event)));
  return first < 0 || decided.slice(first).some((event) => !byItself.test(event));
}
