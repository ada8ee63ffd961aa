import type { Application, Candidate, PersonNote } from '../../flows/candidate.ts';
import type { Member } from '../../flows/member.ts';
import type { Speech } from '../speech.ts';
import { type CardFacts, nameOf } from './cardFacts.ts';

/** The latest notes, of the person and of the application. @param note how many characters of each @param notes how many */
export function noteLines(
  { speech, candidate, application, members }: CardFacts,
  note: number,
  notes: number,
): string[] {
  const own = worded(candidate);
  // What a table says of a task stands beside the task; here it would be said twice.
  const others = application.notes.filter(
    ({ task, text }) => task === undefined || !own.some((one) => one.text.includes(text)),
  );
  const all = [...own, ...others];
  if (notes === 0 || all.length === 0) return [];
  const latest = all.sort((a, b) => a.at - b.at).slice(-notes);
  return [speech.text('staff.card.notes'), ...latest.map((one) => noteLine(speech, members, one, note))];
}

/** The notes on a person that have words: a table's row may have had no more to say. */
export function worded({ notes = [] }: Pick<Candidate, 'notes'>): PersonNote[] {
  return notes.filter(({ text }) => text !== '');
}

/** One note: when and whose, and where it is from. */
export function noteLine(
  speech: Speech,
  members: Member[],
  one: Application['notes'][number] | PersonNote,
  longest: number,
): string {
  const { text, by, at } = one;
  const mark = 'mark' in one && one.mark ? [speech.plain(`clientCall.mark.${one.mark}`)] : [];
  const from = 'from' in one && one.from ? [speech.plain('import.from', { file: one.from.file })] : [];
  return speech.text('staff.card.note', {
    day: { at, as: 'day' },
    name: [nameOf(members, by), ...mark, ...from].join(', '),
    text: text.length > longest ? `${text.slice(0, longest)}…` : text,
  });
}
