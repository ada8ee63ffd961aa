import type { Member } from '../../flows/member.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Database } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Desk } from '../../runtime/desk.ts';
import type { PersonLinks } from '../../runtime/personLinks.ts';
import type { FactReader } from '../../runtime/readFacts.ts';
import type { Words } from '../../runtime/words.ts';

/** What people's pages stand on. A person's reads one application and acts through the desk, as a button in the chat does. */
export interface PageDeps {
  db: Pick<
    Database,
    'candidates' | 'clientCalls' | 'companies' | 'groups' | 'members' | 'pipelines' | 'settings' | 'vacancies'
  >;
  desk: Pick<Desk, 'perform'>;
  reader: Pick<FactReader, 'facts'>;
  clock: Pick<Clock, 'now' | 'id'>;
  words: Words;
  policy: Policy;
  links: PersonLinks;
  /** Where the chat is opened. */
  chatUrl: string;
  /** Where a member's chat opens and says `/start <payload>` at once. */
  startUrl: (member: Member, payload: string) => string;
  log: (line: object) => void;
}
