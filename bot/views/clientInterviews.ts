import type { Member } from '../../flows/member.ts';
import type { Database } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import type { BotDeps } from '../botDeps.ts';
import { pageButton } from '../pageButton.ts';
import { type Speech, speech } from '../speech.ts';
import { nameOf } from './cardFacts.ts';
import { titleOf } from './titleOf.ts';
import { vacanciesById } from '../../models/vacanciesById.ts';

/** How many interviews a client is shown at once. */
const most = 20;

/** The coming interviews for a client's own vacancies, and the calls with them: date, time, format and name. Never a contact. */
export async function drawClientInterviews(
  { db, clock, words, pages }: { db: Database; clock: Clock; words: Words } & Pick<BotDeps, 'pages'>,
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
  const calls = await callBlock(db, said, client, clock.now());
  const lines = items.slice(0, most).map(({ name, vacancy, interview }) =>
    said.text('client.interviews.line', {
      when: { at: interview.start, as: 'dateTime' },
      format: { key: `staff.format.${interview.format}` },
      name: (name ?? '—').slice(0, 60),
      vacancy: titleOf(vacancies, vacancy),
    }),
  );
  const key = items.length === 0 ? 'client.interviews.none' : 'client.interviews.title';
  const title = said.text(key, { count: items.length });
  return {
    text: [title, ...lines, ...calls].join('\n\n'),
    buttons: pageButton(said, pages?.(client._id, 'calendar')),
  };
}

/** The coming calls with a client: what, when, and who of the agency holds it. */
async function callBlock(db: Database, said: Speech, client: Member, now: number): Promise<string[]> {
  const where = { client: client._id, cancelled: { $exists: false }, start: { $gte: now } };
  const calls = await db.clientCalls.find(where).sort({ start: 1 }).limit(most).toArray();
  if (calls.length === 0) return [];
  const members = await db.members.find().toArray();
  const lines = calls.map(({ start, kind, manager }) =>
    said.text('client.interviews.call', {
      when: { at: start, as: 'dateTime' },
      kind: { key: `clientCall.kind.${kind}` },
      name: nameOf(members, manager),
    }),
  );
  return [said.text('client.interviews.calls'), ...lines];
}
