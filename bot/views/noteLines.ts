import { type CardFacts, nameOf } from './cardFacts.ts';

/** The latest notes. @param note how many characters of each @param notes how many */
export function noteLines(
  { speech, application, members }: CardFacts,
  note: number,
  notes: number,
): string[] {
  if (notes === 0 || application.notes.length === 0) return [];
  const lines = application.notes.slice(-notes).map(({ text, by, at, mark }) =>
    speech.text('staff.card.note', {
      day: { at, as: 'day' },
      name: [nameOf(members, by), ...(mark ? [speech.plain(`clientCall.mark.${mark}`)] : [])].join(', '),
      text: text.length > note ? `${text.slice(0, note)}…` : text,
    }),
  );
  return [speech.text('staff.card.notes'), ...lines];
}
