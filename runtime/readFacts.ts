import { hash } from 'node:crypto';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { ChannelId } from '../flows/channels.ts';
import { codeLetters } from '../flows/links/linkCode.ts';
import type { Candidate } from '../flows/candidate.ts';
import { windowsNeeded } from '../flows/decide.ts';
import type { Event } from '../flows/event.ts';
import type { Facts } from '../flows/facts.ts';
import type { Group } from '../flows/groups/group.ts';
import type { Member } from '../flows/member.ts';
import type { Pipeline } from '../flows/pipelines/pipeline.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';
import { writesInto } from '../models/countWrites.ts';
import { readGroups, readSeats } from '../models/groups.ts';
import { readNames } from '../models/messengerNames.ts';
import { readPipelines } from '../models/pipelines.ts';
import type { Clock } from './clock.ts';
import { messagesLeft } from './messagesLeft.ts';
import { readWindows } from './readWindows.ts';
import type { Words } from './words.ts';

/** How long vacancies, members, pipelines and groups are taken from memory, in milliseconds: where others write them, too. */
const fresh = 200;
/** And where none does, until this process writes them itself; somebody at the database's shell may have. */
const kept = 2_000;

type Lists = [Vacancy[], Member[], Pipeline[], Group[]];

/** Reads what a decision may look at. */
export interface FactReader {
  facts(state: Candidate, event: Event): Promise<Facts>;
  members(): Promise<Member[]>;
  vacancies(): Promise<Vacancy[]>;
  /** Those that are to come, and those of the last two weeks, earliest first. */
  groups(): Promise<Group[]>;
}

export function makeFactReader(deps: {
  db: Database;
  clock: Clock;
  words: Words;
  policy: Policy;
  botUsername: string;
  /** The channels that are set up here. */
  here: ChannelId[];
  /** The only product on this database: nobody else writes what is read here. */
  alone: boolean;
}): FactReader {
  const { db, clock, words, policy } = deps;
  const collections = [db.vacancies, db.members, db.pipelines, db.groups];
  const written = () => writesInto(collections);
  const lasts = deps.alone ? kept : fresh;
  let cached: { at: number; written: number; all: Promise<Lists> } | undefined;

  const all = (force = false): Promise<Lists> => {
    const now = clock.real();
    // A clock that went back would keep them for as long as it went.
    if (cached && !force && cached.written === written() && now >= cached.at && now - cached.at < lasts)
      return cached.all;
    const mine = {
      at: now,
      written: written(),
      all: Promise.all([
        db.vacancies.find().sort({ createdAt: 1, _id: 1 }).toArray(),
        db.members.find().toArray(),
        readPipelines(db),
        readGroups(db, clock.now()),
      ]),
    };
    cached = mine;
    mine.all.catch(() => {
      if (cached === mine) cached = undefined;
    });
    return mine.all;
  };

  return {
    vacancies: async () => (await all())[0],
    members: async () => (await all())[1],
    groups: async () => (await all())[3],
    facts: async (state, event) => {
      const token =
        event.type === 'messageArrived' ? /^\/start(?:@\w+)?\s+(\S+)/.exec(event.text ?? '')?.[1] : undefined;
      const link = token ? await db.links.findOne({ _id: token }) : null;
      let [vacancies, members, pipelines, groups] = await all();
      const named = link?.vacancy ?? ('vacancy' in event ? event.vacancy : undefined);
      if (named && !vacancies.some(({ _id }) => _id === named))
        [vacancies, members, pipelines, groups] = await all(true);
      const now = clock.now();
      const needed = windowsNeeded(state, event, vacancies);
      const free = await Promise.all(
        vacancies
          .filter(({ _id }) => needed.includes(_id))
          .map(
            async (vacancy) =>
              [vacancy._id, await readWindows(db, policy, vacancy, members, groups, now)] as const,
          ),
      );
      const seats = await Promise.all(
        groups
          .filter(({ _id }) => needed.includes(_id))
          .map(async (group) => {
            const places = await readSeats(db, group, now);
            return [group._id, () => places] as const;
          }),
      );
      return {
        id: shortId(`${state._id}:${event.id}`),
        bot: { username: deps.botUsername, ...(asksCode(event) && (await readNames(db))) },
        here: deps.here,
        code: asksCode(event) ? codeOf(clock.id()) : '',
        vacancies,
        members,
        policy,
        pipelines,
        groups,
        phone: parsePhone,
        free: whenAsked([...free, ...seats]),
        lexicon: words.lexicon,
        // Asked for when somebody applies, which few events are about.
        get turn() {
          return rota(vacancies, members, event.id);
        },
        ...(event.type === 'undo' && {
          left: await messagesLeft(db, applicationOf(state, event.application)),
        }),
        ...(link && { link: { vacancy: link.vacancy, source: link.source } }),
      };
    },
  };
}

/** A table whose values are made when they are asked for, once. */
function whenAsked<T>(makers: (readonly [key: string, make: () => T])[]): Record<string, T> {
  const table: Record<string, T> = {};
  for (const [key, make] of makers) {
    let made: { value: T } | undefined;
    Object.defineProperty(table, key, { enumerable: true, get: () => (made ??= { value: make() }).value });
  }
  return table;
}

function applicationOf({ applications }: Candidate, of: string) {
  return applications.find(({ id }) => id === of);
}

/** Randomness is drawn only for whoever asks for a code. */
function asksCode(event: Event): boolean {
  return event.type === 'messageArrived'
    ? event.text?.startsWith('/link') === true
    : event.type === 'buttonTapped' && event.data.startsWith('k:');
}

/** A code out of random text: five bits a letter, from a hash, so that each is as likely. */
function codeOf(random: string): string {
  const bytes = hash('sha256', random, 'buffer');
  return [...bytes.subarray(0, 8)].map((byte) => codeLetters[byte % codeLetters.length]).join('');
}

/** A phone number as E.164. Russian ones are understood without a country code. */
export function parsePhone(text: string): string | undefined {
  const phone = parsePhoneNumberFromString(text, 'RU');
  return phone?.isPossible() ? phone.number : undefined;
}

/** Eight letters and digits that are the same for the same event: ids made in a decision begin with them. */
function shortId(from: string): string {
  return BigInt(`0x${hash('sha256', from, 'hex').slice(0, 16)}`)
    .toString(36)
    .slice(0, 8);
}

/** Who takes turns at each vacancy, of the vacancies as they were read: the same for hundreds of decisions. */
const turns = new WeakMap<
  Vacancy[],
  { members: Member[]; active: [vacancy: string, recruiters: string[]][] }
>();

function activeOf(vacancies: Vacancy[], members: Member[]): [vacancy: string, recruiters: string[]][] {
  const known = turns.get(vacancies);
  if (known?.members === members) return known.active;
  const there = new Set(members.flatMap(({ _id, active }) => (active ? [_id] : [])));
  const active = vacancies.map(({ _id, recruiters }): [string, string[]] => [
    _id,
    recruiters.filter((id) => there.has(id)),
  ]);
  turns.set(vacancies, { members, active });
  return active;
}

/** Whose turn it is, per vacancy: spread evenly, and the same when the event is decided again. */
function rota(vacancies: Vacancy[], members: Member[], event: string): Record<string, string> {
  const number = Number.parseInt(hash('sha256', event, 'hex').slice(0, 8), 16);
  const turn: Record<string, string> = {};
  for (const [vacancy, active] of activeOf(vacancies, members)) {
    const next = active[number % Math.max(active.length, 1)];
    if (next) turn[vacancy] = next;
  }
  return turn;
}
