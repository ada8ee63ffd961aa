import type { Member } from '../../flows/member.ts';
import type { Database } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { speech } from '../speech.ts';
import { titleOf, vacanciesById } from './titles.ts';

/** How many interviews a client is shown at once. */
const most = 20;

/** The coming interviews for a client's own vacancies: date, time, format and name. Never a contact. */
export async function drawClientInterviews(
  { db, clock, words }: { db: Database; clock: Clock; words: Words },
  client: Member,
): Promise<Rendered> {
  const said = speech(words, client);
  const vacancies = await vacanciesById(db);
  const own = [...vacancies.values()]
    .filter((vacancy) => vacancy.client === client._id)
    .map(({ _id }) => _id);
  const people = await db.candidates
    .find({ 'applications.vacancy': { $in: own }, 'applications.interview.start': { $gte: clock.now() } })
    .toArray();
  const items = people
    .flatMap(({ name, applications }) => applications.map((application) => ({ name, application })))
    .flatMap(({ name, application: { vacancy, interview } }) =>
      interview && interview.start >= clock.now() && own.includes(vacancy)
        ? [{ name, vacancy, interview }]
        : [],
    )
    .sort((a, b) => a.interview.start - b.interview.start);
  if (items.length === 0) return { text: said.text('client.interviews.none'), buttons: [] };
  const lines = items.slice(0, most).map(({ name, vacancy, interview }) =>
    said.text('client.interviews.line', {
      when: { at: interview.start, as: 'dateTime' },
      format: { key: `staff.format.${interview.format}` },
      name: (name ?? '—').slice(0, 60),
      vacancy: titleOf(vacancies, vacancy),
    }),
  );
  const title = said.text('client.interviews.title', { count: items.length });
  return { text: [title, ...lines].join('\n\n'), buttons: [] };
}
