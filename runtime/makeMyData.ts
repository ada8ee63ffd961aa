import type { Candidate } from '../flows/candidate.ts';
import type { Param, Params } from '../flows/effect.ts';
import { answerShown } from '../flows/answerShown.ts';
import { statusKey } from '../flows/shownStage.ts';
import type { Member } from '../flows/member.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';
import { followCard } from '../models/followCard.ts';
import type { LedgerRow } from '../models/rows.ts';
import type { Clock } from './clock.ts';
import { plainOf } from './plainOf.ts';
import type { Words } from './words.ts';

/** So many messages at most, the newest: years of a talk are a few hundred. */
const most = 3_000;

/** What the file is drawn from. */
interface Kept {
  person: Candidate;
  vacancies: Vacancy[];
  members: Member[];
  messages: LedgerRow[];
  now: number;
}

type Say = (key: string, params?: Params) => string;
/** Its heading, and its lines; without lines it is left out. */
type Section = (kept: Kept, say: Say) => { title: string; lines: string[] };

/**
 * Draws the file somebody gets who asks what is kept of them: in their language, in words, oldest first.
 *
 * @returns a function of the file's id, `mydata:<candidate>`; it gives nothing when there is no such person any more
 */
export function makeMyData({
  db,
  words,
  clock,
}: {
  db: Pick<Database, 'candidates' | 'vacancies' | 'members' | 'ledger'>;
  words: Words;
  clock: Pick<Clock, 'now'>;
}): (id: string) => Promise<{ bytes: Uint8Array; name: string } | undefined> {
  const messagesOf = ({ _id, joined = [] }: Candidate): Promise<LedgerRow[]> =>
    db.ledger
      .find({
        candidate: { $in: [_id, ...joined] },
        $or: [{ kind: 'in' }, { 'to.candidate': { $exists: true }, status: { $in: ['sent', 'uncertain'] } }],
      })
      .sort({ at: -1, _id: -1 })
      .limit(most)
      .toArray();

  return async (id) => {
    const person = await followCard(db, id.slice(id.indexOf(':') + 1));
    if (!person || person.forgotten) return undefined;
    const [vacancies, members, messages] = await Promise.all([
      db.vacancies.find({ _id: { $in: person.applications.map(({ vacancy }) => vacancy) } }).toArray(),
      db.members.find().toArray(),
      messagesOf(person),
    ]);
    const kept = { person, vacancies, members, messages: messages.reverse(), now: clock.now() };
    const say: Say = (key, params) => plainOf(words.text(person, key, params));
    const head = say('mydata.title', { agency: { key: 'agency.name' }, when: day(kept.now) });
    const parts = sections.map((section) => section(kept, say)).filter(({ lines }) => lines.length > 0);
    const text = [head, ...parts.map(({ title, lines }) => [title, ...lines].join('\n'))].join('\n\n');
    // The mark at the beginning tells old programs that it is UTF-8.
    return { bytes: Buffer.from(`\uFEFF${text}\n`), name: words.label(person, { key: 'mydata.name' }) };
  };
}

const sections: Section[] = [who, consents, applications, files, messages, more];

function who({ person }: Kept, say: Say): ReturnType<Section> {
  const { name, phone, email, city, birthday, username, also, channels, notes = [], blacklisted } = person;
  const values = {
    name,
    phone,
    email,
    city,
    birthday,
    username,
    also: Object.values(also ?? {})
      .flat()
      .join(', '),
    chats: channels.map(({ channel }) => say(`mydata.channel.${channel}`)).join(', '),
  };
  const tables = new Set(notes.flatMap(({ from }) => (from ? [from.file] : [])));
  return {
    title: say('mydata.who.title'),
    lines: [
      ...Object.entries(values).flatMap(([field, value]) =>
        value ? [say(`mydata.who.${field}`, { value })] : [],
      ),
      say('mydata.who.since', { day: day(person.createdAt) }),
      ...[...tables].map((file) => say('mydata.who.table', { file })),
      ...(blacklisted ? [say('mydata.who.closed', { day: day(blacklisted.at) })] : []),
    ],
  };
}

function consents({ person }: Kept, say: Say): ReturnType<Section> {
  const { consent, adsConsent, noBroadcasts, stopped } = person;
  return {
    title: say('mydata.consents.title'),
    lines: [
      ...(consent ? [say('mydata.consents.data', { version: consent.version, when: day(consent.at) })] : []),
      ...(adsConsent ? [say('mydata.consents.ads', { when: day(adsConsent) })] : []),
      ...(noBroadcasts ? [say('mydata.consents.noBroadcasts', { when: day(noBroadcasts) })] : []),
      ...(stopped ? [say('mydata.consents.stopped')] : []),
    ],
  };
}

function applications({ person, vacancies, members, now }: Kept, say: Say): ReturnType<Section> {
  const lines = person.applications.flatMap((application) => {
    const { vacancy, source, createdAt, recruiter, answers, interview, past = [] } = application;
    const { title, questions } = vacancies.find(({ _id }) => _id === vacancy) ?? {
      title: { ru: vacancy },
      questions: [],
    };
    const meetings = [...past, ...(interview ? [interview] : [])];
    const format = (one: string): Param => ({ key: `candidate.formatWithin.${one}` });
    const params = {
      vacancy: { words: title },
      ...(interview && { when: moment(interview.start), format: format(interview.format) }),
    };
    const name = members.find(({ _id }) => _id === recruiter)?.name;
    return [
      say(statusKey(application, now), params),
      say('mydata.applications.since', {
        day: day(createdAt),
        source: { key: `source.${source}`, or: source },
      }),
      ...(name ? [say('mydata.applications.recruiter', { name })] : []),
      ...meetings.map((one) =>
        say('mydata.applications.meeting', { when: moment(one.start), format: format(one.format) }),
      ),
      ...Object.entries(answers).map(([id, answer]) =>
        say('mydata.applications.answer', {
          question: answer.asked,
          answer: answerShown(questions.find((one) => one.id === id) ?? {}, answer),
        }),
      ),
    ];
  });
  return { title: say('mydata.applications.title'), lines };
}

function files({ person }: Kept, say: Say): ReturnType<Section> {
  const given = person.applications.flatMap(({ answers, files: added }) => [
    ...Object.values(answers).flatMap(({ file }) => (file ? [file] : [])),
    ...added,
  ]);
  const names = new Set(given.map(({ name }) => name));
  return {
    title: say('mydata.files.title'),
    lines: [...names].map((name) => say('mydata.files.file', { name })),
  };
}

function messages({ messages: rows }: Kept, say: Say): ReturnType<Section> {
  const lines = rows.flatMap(({ kind, at, text, message }) => {
    const when = moment(at);
    if (kind === 'in') return [say('mydata.messages.in', { when, text: text ?? '' })];
    if (!message || message.key.startsWith('view:')) return [];
    return [say('mydata.messages.out', { when, text: say(message.key, message.params) })];
  });
  return { title: say('mydata.messages.title'), lines };
}

function more(_kept: Kept, say: Say): ReturnType<Section> {
  return { title: say('mydata.more.title'), lines: [say('mydata.more.text')] };
}

function day(at: number): Param {
  return { at, as: 'date' };
}

/** A day and the time of it. */
function moment(at: number): Param {
  return { key: 'mydata.moment', params: { day: day(at), time: { at, as: 'time' } } };
}
