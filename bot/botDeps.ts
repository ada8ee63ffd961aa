import type { ApiClientOptions, Bot } from 'grammy';
import type { Update } from 'grammy/types';
import type { FreeSlot } from '../flows/facts.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Desk } from '../runtime/desk.ts';
import type { Files } from '../runtime/files.ts';
import type { Imports } from '../runtime/imports.ts';
import type { Sources } from '../runtime/sources.ts';
import type { LivePolicy } from '../runtime/livePolicy.ts';
import type { Groups } from '../runtime/makeGroups.ts';
import type { CompanyLookup } from '../runtime/companyLookup.ts';
import type { Companies } from '../runtime/makeCompanies.ts';
import type { ClientCalls } from '../runtime/makeClientCalls.ts';
import type { Members } from '../runtime/makeMembers.ts';
import type { Vacancies } from '../runtime/makeVacancies.ts';
import type { MemberPage } from '../runtime/personLinks.ts';
import type { Pace } from '../runtime/makePace.ts';
import type { Broadcasts } from '../runtime/makeBroadcasts.ts';
import type { Words } from '../runtime/words.ts';
import type { StaffContext } from './staffContext.ts';
import type { Views } from './views/views.ts';

/** Everything the staff's bot needs from outside. */
export interface BotDeps {
  token: string;
  /** Where the Bot API is, as `https://api.telegram.org`; the simulator's address in the demo. */
  apiRoot: string;
  client?: ApiClientOptions;
  /** Telegram's limits, shared with the outbox: to Telegram it is one bot. */
  pace?: Pace;
  db: Database;
  desk: Desk;
  vacancies: Vacancies;
  groups: Groups;
  clientCalls: ClientCalls;
  members: Members;
  companies: Companies;
  /** Fills a company in by its INN; undefined where no key of a register is set. */
  companyLookup?: CompanyLookup;
  broadcasts: Broadcasts;
  imports: Imports;
  sources: Sources;
  clock: Clock;
  words: Words;
  policy: Policy;
  /** The door to change it. */
  livePolicy: LivePolicy;
  /** Free windows of a vacancy's interviewers now, earliest first. */
  free: (vacancy: Vacancy) => Promise<FreeSlot[]>;
  /** The bytes of files, whichever channel they came by. */
  files: Files;
  /** The page with the code that links a phone; undefined where the product has no address people can open. */
  codePage?: () => string | undefined;
  /** The link to a page of a member's own; undefined as above. */
  pages?: (member: string, page: MemberPage) => string | undefined;
  /** Which messengers are set up here beside Telegram, and whether letters can be sent. */
  messengers?: {
    whatsapp?: 'cloud' | 'web';
    max: boolean;
    mail?: boolean;
    /** `hook`: where the gateway may push its receipts. */
    sms?: { provider: 'smsru' | 'smsc'; hook?: string };
  };
  log: (line: object) => void;
}

/** The staff's bot: it is handed updates of members and of people who open an invite, and nobody else's. */
export interface StaffBot {
  bot: Bot<StaffContext>;
  /** Handle one update; safe to repeat with the same one. */
  handle(update: Update): Promise<void>;
  /** What the outbox draws at delivery, for messages whose key is `view:<name>`. */
  views: Views;
}
