import type { Candidate } from '../candidate.ts';
import type { Turn } from '../turn.ts';
import { namesakeMarks } from './namesakes.ts';
import { marksOf } from './sameAs.ts';

/**
 * All that a person is found again by, as it stands in the index.
 *
 * @param strong what tells that two are one, where it is at hand
 */
export function indexMarks(person: Candidate, strong = marksOf(person)): string[] {
  return [...strong, ...namesakeMarks(person)];
}

/**
 * After every decision: what the person is found again by stands in an index. Something new of it is looked for at
 * once; a phone number is looked for where it is given, because there it is known whether it was confirmed.
 */
export function keepMarks(turn: Turn, before: Candidate): void {
  const { state, event } = turn;
  // Nothing of a person is kept before they consent.
  if (state.consent && 'person' in event && event.person.username) state.username = event.person.username;
  const strong = marksOf(state);
  const marks = indexMarks(state, strong);
  if (marks.length > 0) state.marks = marks;
  else delete state.marks;
  const fresh = strong.filter((mark) => !before.marks?.includes(mark) && !mark.startsWith('p:'));
  const application = state.applications.at(-1)?.id;
  // Of a table it is known already who is alike, and no recruiter is told of thousands.
  if (fresh.length === 0 || application === undefined || event.type === 'rowImported') return;
  turn.effects.push({
    type: 'findSame',
    key: `${turn.event.id}:same`,
    application,
    marks: fresh,
    own: false,
  });
}
