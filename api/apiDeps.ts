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
import type { Companies } from '../runtime/makeCompanies.ts';
import type { ClientCalls } from '../runtime/makeClientCalls.ts';
import type { Vacancies } from '../runtime/makeVacancies.ts';
import type { Words } from '../runtime/words.ts';

/** What the admin API stands on. It reads the database, and changes a candidate only through the desk. */
export interface ApiDeps {
  db: Database;
  desk: Desk;
  files: Files;
  imports: Imports;
  sources: Sources;
  clientCalls: ClientCalls;
  companies: Companies;
  groups: Groups;
  vacancies: Vacancies;
  clock: Clock;
  words: Words;
  policy: Policy;
  /** The door to change it. */
  livePolicy: LivePolicy;
  /** The free windows of a vacancy's interviewers, earliest first. */
  free: (vacancy: Vacancy) => Promise<FreeSlot[]>;
  health: () => Promise<Record<string, unknown> & { ok: boolean }>;
  log: (line: object) => void;
}
