import type { Candidate } from '../../flows/candidate.ts';
import type { Database } from '../../models/database.ts';
import type { Rendered } from '../../runtime/words.ts';
import { findSame } from '../findSame.ts';
import type { Speech } from '../speech.ts';
import { forgottenText } from './forgottenView.ts';
import { noteLine, worded } from './noteLines.ts';
import { sameButtons } from './sameButtons.ts';
import { sameLines } from './sameLines.ts';

/** So many vacancies are offered, the newest first, and so many notes shown, the latest last. */
const [vacancies, notes] = [10, 3];

/**
 * The card of a person who is on no vacancy: who they are, who else they may be, and the vacancies to put them on.
 *
 * @param mayForget the reader may delete their data
 */
export async function drawPerson(
  db: Database,
  said: Speech,
  person: Candidate,
  mayForget: boolean,
): Promise<Rendered> {
  if (person.forgotten) return { text: forgottenText(said, person.forgotten), buttons: [] };
  const [open, members, same] = await Promise.all([
    db.vacancies.find({ status: 'open' }).sort({ createdAt: -1 }).limit(vacancies).toArray(),
    db.members.find().toArray(),
    findSame(db, person),
  ]);
  const parts = [
    said.text('staff.person.card', { name: person.name ?? '—', phone: person.phone ?? '—' }),
    ...sameLines(said, person, same),
    ...worded(person)
      .slice(-notes)
      .map((note) => noteLine(said, members, note, 700)),
    said.text(open.length > 0 ? 'staff.ask.attach' : 'staff.ask.nowhereToAttach'),
  ];
  return {
    text: parts.join('\n\n'),
    buttons: [
      ...sameButtons(said, { candidate: person }, same),
      ...open.map(({ _id, title }) => [
        { label: said.label({ words: title }), data: `c:attach:${person._id}:${_id}` },
      ]),
      ...(mayForget ? [[said.button('forget.staff.button.ask', `c:forget:${person._id}`)]] : []),
    ],
  };
}
