import type { Trace } from '../../flows/forgetting/forgotten.ts';
import type { Database } from '../database.ts';
import { eraseCalls } from './eraseCalls.ts';
import { eraseCards } from './eraseCards.ts';
import { eraseChat } from './eraseChat.ts';
import { eraseFiles } from './eraseFiles.ts';
import { eraseFound } from './eraseFound.ts';
import { eraseImportRows, eraseImports } from './eraseImports.ts';
import { eraseMessages } from './eraseMessages.ts';
import { eraseSessions } from './eraseSessions.ts';
import { lanesOf } from './lanesOf.ts';

/** A collection of the database; the jobs are Agenda's own. */
export type CollectionName = Exclude<keyof Database, 'connection' | 'close'> | 'agendaJobs';

/** What of a person stands in a collection, and how it is deleted there; or why nothing does. */
type Place =
  | { holds: string; erase: (db: Database, trace: Trace, event: string) => Promise<unknown> }
  | { free: string };

/**
 * Every collection there is: a new one does not compile before it says whether a person's data stands in it. The order
 * is the one they are gone through: what leads to something else comes after that.
 *
 * Each step is safe to repeat, by several processes at once too.
 */
export const personalData: Record<CollectionName, Place> = {
  imports: { holds: 'the tables they came with', erase: eraseImports },
  importRows: { holds: 'what became of their row', erase: eraseImportRows },
  found: { holds: 'leads of a source', erase: eraseFound },
  clientCalls: { holds: 'what was said of them to clients', erase: eraseCalls },
  sessions: { holds: 'what a member was looking for', erase: eraseSessions },
  pieces: { holds: 'the bytes of their files', erase: (db, { files }) => eraseFiles(db, files) },
  attachments: { holds: 'their files', erase: (db, { files }) => eraseFiles(db, files) },
  ledger: { holds: 'messages, and the history', erase: eraseMessages },
  agendaJobs: { holds: 'the bells of their alarms', erase: eraseBells },
  timers: {
    holds: 'their alarms',
    erase: (db, { cards }) => db.timers.deleteMany({ candidate: { $in: cards } }),
  },
  slots: {
    holds: 'whose a window was',
    erase: (db, { cards }) => db.slots.deleteMany({ candidate: { $in: cards } }),
  },
  topics: {
    holds: 'their topic at the desk',
    erase: (db, { cards }) => db.topics.deleteMany({ _id: { $in: cards } }),
  },
  places: {
    holds: 'which message in their chat is edited; the cards of members are drawn over',
    erase: (db, { cards }) => db.places.deleteMany({ _id: { $in: cards.map((id) => `dialog:${id}`) } }),
  },
  choices: { holds: 'what was offered in their chat', erase: eraseChats },
  windows: { holds: 'when they wrote last', erase: eraseChats },
  inbox: { holds: 'what came from them and was not worked on', erase: eraseInbox },
  candidates: { holds: 'cards that were joined to theirs', erase: eraseCards },
  broadcasts: { free: 'ids of those who get it' },
  groups: { free: 'ids; who comes stands on the cards' },
  openings: { free: 'windows' },
  members: { free: 'staff and clients' },
  companies: { free: 'clients' },
  invites: { free: 'staff and clients who are invited' },
  vacancies: { free: 'what is offered' },
  links: { free: 'vacancies and sources' },
  pipelines: { free: 'stages' },
  templates: { free: 'answers prepared for everybody' },
  keys: { free: 'programs' },
  lanes: { free: 'chats, for the moment in which they are worked on' },
  processes: { free: 'processes of the product' },
  sources: { free: 'how far a source was read' },
  postings: { free: 'postings of vacancies' },
  settings: { free: 'the agency itself' },
};

/** All but the chat they are told in: there it ends with the last message. */
async function eraseChats(db: Database, { chats, tell }: Trace): Promise<void> {
  for (const chat of chats)
    if (chat.channel !== tell?.channel || chat.address !== tell.address) await eraseChat(db, chat);
}

async function eraseBells({ connection, timers }: Database, { cards }: Trace): Promise<void> {
  const keys = await timers.distinct('_id', { candidate: { $in: cards } });
  await connection.collection('agendaJobs').deleteMany({ 'data.key': { $in: keys } });
}

/** What failed holds its body. What was done says no more than that it came; older rows named the chat. */
async function eraseInbox({ inbox }: Database, trace: Trace): Promise<void> {
  const lane = { $in: lanesOf(trace) };
  await inbox.deleteMany({ status: 'failed', lane });
  await inbox.updateMany({ status: 'done', lane }, { $set: { lane: '' } });
}
