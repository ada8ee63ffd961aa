import type { IndexOptions } from 'mongoose';

/** A day in seconds, for the collections that empty themselves. */
const day = 86_400;

export interface Index {
  fields: Record<string, 1 | -1>;
  options?: Omit<IndexOptions, 'unique'> & { unique?: true };
}

/** Which indexes each collection has, and what rests on them. */
export const indexes: Record<string, Index[]> = {
  candidates: [
    // One person per chat: the second of two first messages finds the first.
    {
      fields: { 'channels.channel': 1, 'channels.address': 1 },
      options: { unique: true, partialFilterExpression: { 'channels.address': { $exists: true } } },
    },
    { fields: { 'applications.id': 1 } },
    { fields: { 'applications.stage': 1 } },
    // Who is in a group, was asked into it, or came to one: its list is drawn from all three.
    { fields: { 'applications.group.id': 1 }, options: { sparse: true } },
    { fields: { 'applications.interview.group.id': 1 }, options: { sparse: true } },
    { fields: { 'applications.past.group.id': 1 }, options: { sparse: true } },
    // Whose meeting lies in a day: the calendar, the day's list, who would come earlier.
    { fields: { 'applications.interview.start': 1 }, options: { sparse: true } },
    { fields: { 'applications.past.start': 1 }, options: { sparse: true } },
    // Whose first day at work lies in a week.
    { fields: { 'applications.fields.startDate.value': 1 }, options: { sparse: true } },
    // Who is on a vacancy: counted at each hire, asked for by every view of it.
    { fields: { 'applications.vacancy': 1 } },
    // Who is free for a saved vacancy, by what they did before and by where they live, the newest first.
    { fields: { 'pool.keys': 1, 'pool.at': -1 }, options: { sparse: true } },
    { fields: { marks: 1 }, options: { sparse: true } },
    // About whom something is to be done, and by whom: the lists of tasks.
    { fields: { tasked: 1 }, options: { sparse: true } },
    // Who is looked for by words of their name, by a part of their number, or is among the latest.
    { fields: { 'sought.keys': 1 }, options: { sparse: true } },
    { fields: { 'sought.at': -1, _id: 1 } },
    // Whom a vacancy was offered to, and what they said.
    { fields: { 'offers.vacancy': 1 }, options: { sparse: true } },
    { fields: { duplicates: 1 }, options: { sparse: true } },
    { fields: { phone: 1 }, options: { sparse: true } },
    { fields: { email: 1 }, options: { sparse: true } },
    { fields: { 'link.code': 1 }, options: { sparse: true } },
    { fields: { unpublished: 1 }, options: { sparse: true } },
    // Whose chat it is while two cards are being joined; which joinings are under way; what was joined to what.
    { fields: { 'merged.channels.address': 1 }, options: { sparse: true } },
    { fields: { merging: 1 }, options: { sparse: true } },
    { fields: { joined: 1 }, options: { sparse: true } },
    // Who has been here for as long as data is kept.
    { fields: { createdAt: 1 } },
    // Whose data is being deleted just now.
    { fields: { 'forgotten.phase': 1 }, options: { sparse: true } },
  ],
  members: [
    { fields: { telegram: 1 }, options: { unique: true, sparse: true } },
    { fields: { email: 1 }, options: { sparse: true } },
  ],
  vacancies: [
    { fields: { status: 1 } },
    { fields: { company: 1 }, options: { sparse: true } },
    // A posting is of one vacancy.
    {
      fields: { 'postings.source': 1, 'postings.id': 1 },
      options: { unique: true, partialFilterExpression: { 'postings.id': { $exists: true } } },
    },
  ],
  inbox: [
    { fields: { status: 1, lane: 1, seq: 1 } },
    { fields: { at: 1 }, options: { expireAfterSeconds: 14 * day } },
  ],
  ledger: [
    { fields: { candidate: 1, at: 1 } },
    { fields: { application: 1, at: 1 } },
    { fields: { company: 1, at: 1 }, options: { sparse: true } },
    { fields: { status: 1, at: 1 }, options: { sparse: true } },
    // Receipts find their message.
    {
      fields: { 'via.channel': 1, messageId: 1 },
      options: { partialFilterExpression: { messageId: { $exists: true } } },
    },
    { fields: { broadcast: 1, status: 1 }, options: { sparse: true } },
    { fields: { forget: 1 }, options: { sparse: true } },
  ],
  timers: [{ fields: { status: 1, due: 1 } }, { fields: { candidate: 1 } }],
  slots: [
    { fields: { interviewer: 1, start: 1 }, options: { unique: true } },
    { fields: { application: 1 } },
  ],
  groups: [{ fields: { start: 1 } }, { fields: { untold: 1 }, options: { sparse: true } }],
  openings: [{ fields: { start: 1 } }],
  lanes: [],
  links: [{ fields: { vacancy: 1 } }],
  clientCalls: [{ fields: { start: 1 } }, { fields: { unpublished: 1 }, options: { sparse: true } }],
  companies: [
    // One company by its INN.
    {
      fields: { 'fields.inn': 1 },
      options: { unique: true, partialFilterExpression: { 'fields.inn': { $exists: true } } },
    },
    { fields: { people: 1 }, options: { sparse: true } },
    { fields: { unpublished: 1 }, options: { sparse: true } },
  ],
  pipelines: [],
  invites: [{ fields: { email: 1 }, options: { sparse: true } }],
  keys: [],
  places: [],
  windows: [{ fields: { at: 1 }, options: { expireAfterSeconds: 7 * day } }],
  // Labels of buttons: nobody answers them after two months.
  choices: [{ fields: { at: 1 }, options: { expireAfterSeconds: 60 * day } }],
  processes: [],
  templates: [],
  topics: [{ fields: { chat: 1, thread: 1 }, options: { unique: true } }],
  broadcasts: [{ fields: { status: 1, at: 1 } }],
  imports: [{ fields: { status: 1 } }, { fields: { createdAt: 1 } }],
  importRows: [{ fields: { import: 1 } }],
  sources: [],
  found: [
    { fields: { status: 1, at: 1 } },
    { fields: { posting: 1, status: 1 } },
    { fields: { source: 1, at: 1 } },
  ],
  postings: [],
  settings: [],
  sessions: [],
  attachments: [],
  pieces: [{ fields: { attachment: 1 } }],
};
