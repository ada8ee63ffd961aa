import mongoose, { type Collection, Schema } from 'mongoose';
import type { Broadcast } from '../flows/broadcasts/broadcast.ts';
import type { Candidate } from '../flows/candidate.ts';
import type { Company } from '../flows/companies/company.ts';
import type { ClientCall } from '../flows/clientCalls/clientCall.ts';
import type { Group } from '../flows/groups/group.ts';
import type { TableImport } from '../flows/imports/tableImport.ts';
import type { Member } from '../flows/member.ts';
import type { Template } from '../flows/templates/fillTemplate.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import { type Counted, countWrites } from './countWrites.ts';
import { type Index, indexes } from './indexes.ts';
import { mendDriver } from './mendDriver.ts';
import type {
  AttachmentRow,
  ChoicesRow,
  FoundRow,
  ImportRow,
  InboxRow,
  InviteRow,
  KeyRow,
  LaneRow,
  LedgerRow,
  LinkRow,
  OpeningRow,
  PieceRow,
  PipelineRow,
  PlaceRow,
  PostingRow,
  TopicRow,
  ProcessRow,
  SessionRow,
  SettingRow,
  SlotRow,
  SourceRow,
  TimerRow,
  WindowRow,
} from './rows.ts';

/** Every collection of the product, and the connection they share with Agenda. */
export interface Database {
  connection: mongoose.Connection;
  candidates: Counted<Collection<Candidate>>;
  vacancies: Counted<Collection<Vacancy>>;
  members: Counted<Collection<Member>>;
  inbox: Collection<InboxRow>;
  ledger: Collection<LedgerRow>;
  timers: Collection<TimerRow>;
  slots: Collection<SlotRow>;
  openings: Counted<Collection<OpeningRow>>;
  groups: Counted<Collection<Group>>;
  lanes: Collection<LaneRow>;
  links: Collection<LinkRow>;
  pipelines: Counted<Collection<PipelineRow>>;
  invites: Collection<InviteRow>;
  keys: Collection<KeyRow>;
  places: Collection<PlaceRow>;
  choices: Collection<ChoicesRow>;
  windows: Collection<WindowRow>;
  processes: Collection<ProcessRow>;
  broadcasts: Collection<Broadcast>;
  templates: Collection<Template>;
  topics: Collection<TopicRow>;
  imports: Collection<TableImport>;
  importRows: Collection<ImportRow>;
  sources: Collection<SourceRow>;
  found: Collection<FoundRow>;
  postings: Collection<PostingRow>;
  settings: Collection<SettingRow>;
  sessions: Collection<SessionRow>;
  attachments: Collection<AttachmentRow>;
  pieces: Collection<PieceRow>;
  clientCalls: Collection<ClientCall>;
  companies: Collection<Company>;
  close(): Promise<void>;
}

/**
 * Connect and make the indexes that uniqueness rests on. Documents are typed plain objects: zod has checked them at
 * the door, so mongoose's own casting is left out of the hot path and its models carry the indexes.
 */
export async function openDatabase(uri: string, patience = 10_000): Promise<Database> {
  mendDriver();
  const connection = await mongoose
    .createConnection(uri, {
      serverSelectionTimeoutMS: patience,
      maxPoolSize: 20,
      autoCreate: false,
      // A database that is back is found at once: the driver's own half second is most of a short outage.
      minHeartbeatFrequencyMS: 50,
    })
    .asPromise();
  await Promise.all(Object.entries(indexes).map(([name, list]) => createIndexes(connection, name, list)));
  const of = <T extends { _id: string }>(name: string) => connection.collection<T>(name);
  return {
    connection,
    candidates: countWrites(of<Candidate>('candidates')),
    vacancies: countWrites(of<Vacancy>('vacancies')),
    members: countWrites(of<Member>('members')),
    inbox: of<InboxRow>('inbox'),
    ledger: of<LedgerRow>('ledger'),
    timers: of<TimerRow>('timers'),
    slots: of<SlotRow>('slots'),
    openings: countWrites(of<OpeningRow>('openings')),
    groups: countWrites(of<Group>('groups')),
    lanes: of<LaneRow>('lanes'),
    links: of<LinkRow>('links'),
    pipelines: countWrites(of<PipelineRow>('pipelines')),
    invites: of<InviteRow>('invites'),
    keys: of<KeyRow>('keys'),
    places: of<PlaceRow>('places'),
    choices: of<ChoicesRow>('choices'),
    windows: of<WindowRow>('windows'),
    processes: of<ProcessRow>('processes'),
    broadcasts: of<Broadcast>('broadcasts'),
    templates: of<Template>('templates'),
    topics: of<TopicRow>('topics'),
    imports: of<TableImport>('imports'),
    importRows: of<ImportRow>('importRows'),
    sources: of<SourceRow>('sources'),
    found: of<FoundRow>('found'),
    postings: of<PostingRow>('postings'),
    settings: of<SettingRow>('settings'),
    sessions: of<SessionRow>('sessions'),
    attachments: of<AttachmentRow>('attachments'),
    pieces: of<PieceRow>('pieces'),
    clientCalls: of<ClientCall>('clientCalls'),
    companies: of<Company>('companies'),
    close: () => connection.close(),
  };
}

/** All of a collection by one command: mongoose asks for one after the other, a tenth of the time the product takes to start. */
async function createIndexes(connection: mongoose.Connection, name: string, list: Index[]): Promise<void> {
  const schema = new Schema({ _id: String }, { strict: false, versionKey: false, autoIndex: false });
  for (const { fields, options } of list) schema.index(fields, options ?? {});
  const { collection } = connection.model(name, schema, name);
  if (list.length > 0)
    await collection.createIndexes(list.map(({ fields, options }) => ({ key: fields, ...options })));
}
