import { join } from 'node:path';
import type { Candidate } from '../../flows/candidate.ts';
import { freeSlots } from '../../flows/freeSlots.ts';
import { type Group, isComing } from '../../flows/groups/group.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import { loadWords } from '../../runtime/words.ts';
import type { Doc } from '../database/copy.ts';
import { makeVirtualDatabase, type VirtualDatabase } from '../database/virtualDatabase.ts';
import { makeJudge, type Judge } from '../judge/makeJudge.ts';
import { makeAskedToWait } from '../people/askedToWait.ts';
import { makeCandidate } from '../people/candidate.ts';
import { makeClient } from '../people/client.ts';
import { makeGroupHost } from '../people/groupHost.ts';
import { makeLastMoment } from '../people/lastMoment.ts';
import { makePlanningMeeting } from '../people/planningMeeting.ts';
import { makeStrokeOfTen } from '../people/strokeOfTen.ts';
import { type Case, makeRecruiter } from '../people/recruiter.ts';
import { makeVirtualPost } from '../post/virtualPost.ts';
import { makeVirtualTelegram } from '../telegram/virtualTelegram.ts';
import { type Agency, makeAgency } from './agency.ts';
import { arrivals } from './arrivals.ts';
import { makeBells } from './bells.ts';
import { type Faults, makeFaults } from './faults.ts';
import { makeIdle } from './idle.ts';
import { makeMachine } from './machine.ts';
import { firstMoment, type Options } from './options.ts';
import { makeOutages } from './outages.ts';
import { makePiles } from './piles.ts';
import { makeRandom, type Random } from './random.ts';
import { isUntold, makeRefusals } from './refusals.ts';
import type { Trace } from './trace.ts';
import { makeVirtualTime, type VirtualTime } from './virtualTime.ts';

export interface World {
  time: VirtualTime;
  database: VirtualDatabase;
  judge: Judge;
  faults: Faults;
  /** Is nothing under way, and nothing in the way? */
  calm(): boolean;
  /** No new misfortunes from now on. */
  peace(): void;
  posted(): number;
  deaths(): number;
}

/** An agency with its people, its processes and its misfortunes, ready to live. */
export function makeWorld(
  options: Options,
  makeTrace: (now: () => number) => Trace,
): World & { trace: Trace } {
  const time = makeVirtualTime(firstMoment);
  const trace = makeTrace(time.now);
  const outages = makeOutages();
  let skew = 0;
  const machineNow = () => time.now() + skew;
  const words = loadWords(join(import.meta.dirname, '../../locales'));
  const agency = makeAgency(words, options.seed, options.vacancies, firstMoment);
  const telegram = makeVirtualTelegram(time, (update) => judge.posted(update));
  const idle = makeIdle(time, machineNow, () => database);
  const refusals = makeRefusals();
  const piles = makePiles();
  const judge: Judge = makeJudge({
    time,
    machineNow,
    policy: agency.policy,
    outages,
    trace,
    polled: options.processes === 1,
    database: () => database,
    changed: (name, before, after) => {
      idle.changed(name, before, after);
      if (name === 'candidates') refusals.changed(before, after);
      if (name === 'inbox') piles.changed(before, after);
    },
  });
  const database: VirtualDatabase = makeVirtualDatabase(judge.observers, judge.scanned);
  fill(database, agency);
  const faults = makeFaults(options, time, outages, piles, () => machine);
  const bells = makeBells(time, faults, () => skew);
  const post = makeVirtualPost({
    time,
    machineNow,
    faults,
    random: makeRandom(options.seed, 'post'),
    judge: () => judge.post,
  });
  const machine = makeMachine({
    post,
    options,
    time,
    faults,
    database,
    telegram,
    bells,
    words,
    agency,
    outages,
    judge,
    idle,
    trace,
    machineNow,
    setSkew: (by) => {
      skew += by;
      bells.moved();
      idle.moved();
    },
  });

  const find = (id: string): Case | undefined => {
    const [doc] = database.memory.candidates.find({ 'applications.id': id });
    const candidate = doc as unknown as Candidate | undefined;
    const application = candidate?.applications.find((one) => one.id === id);
    return candidate && application && { candidate, application };
  };
  const groups = () => [...database.memory.groups.all()] as unknown as Group[];
  for (const member of agency.members) {
    const random = makeRandom(options.seed, `member:${member._id}`);
    if (member.role === 'client') {
      makeClient({ member, random, time, telegram });
      continue;
    }
    const freeSlot = (found: Case) => aFreeSlot(found, database, agency, machineNow(), random);
    const group = (vacancy: string) =>
      groups().find((one) => one.vacancy === vacancy && isComing(one, machineNow()))?._id;
    const vacancies = agency.vacancies.map(({ _id }) => _id);
    makeRecruiter({ member, random, time, telegram, look: find, freeSlot, group, vacancies });
    if (member.role !== 'recruiter') continue;
    makeGroupHost({
      member,
      vacancies: agency.vacancies
        .filter(({ recruiters }) => recruiters.includes(member._id))
        .map(({ _id }) => _id),
      random: makeRandom(options.seed, `groups:${member._id}`),
      time,
      telegram,
      look: (id) => groups().find(({ _id }) => _id === id),
    });
  }
  makeLastMoment({
    heads: agency.members.filter(({ role }) => role === 'head'),
    random: makeRandom(options.seed, 'last moment'),
    time,
    telegram,
    drag: faults.drag,
    due: (within) =>
      refusals.untold().flatMap((candidate) =>
        candidate.applications.filter(isUntold).flatMap((application) => {
          const at = (application.refusal?.messageAt ?? 0) - skew;
          return at >= time.now() && at < time.now() + within ? [{ candidate, application, at }] : [];
        }),
      ),
  });
  /** People of one vacancy who could be given an interview, and a window for them. */
  const wanted = (random: Random, zone?: string) => {
    const vacancy = random.pick(agency.vacancies)._id;
    const cases = ['review', 'invited', 'interview'].flatMap((stage) =>
      database.memory.candidates.find({ 'applications.stage': stage }).flatMap((doc) => {
        const candidate = doc as unknown as Candidate;
        if (zone !== undefined && candidate.zone !== zone) return [];
        const application = candidate.applications.find(
          (one) => one.vacancy === vacancy && one.stage === stage && one.interview?.attendance === undefined,
        );
        return application ? [{ candidate, application }] : [];
      }),
    );
    const [first] = cases;
    const slot = first && aFreeSlot(first, database, agency, machineNow(), random);
    return slot && { cases: cases.slice(0, 8), ...slot };
  };
  makePlanningMeeting({
    members: agency.members.filter(({ role }) => role !== 'client'),
    random: makeRandom(options.seed, 'meeting'),
    time,
    telegram,
    wanted,
  });
  makeStrokeOfTen({
    head: agency.members.find(({ role }) => role === 'head'),
    random: makeRandom(options.seed, 'ten'),
    time,
    telegram,
    drag: faults.drag,
    machineNow,
    wanted,
  });
  makeAskedToWait({
    head: agency.members.find(({ role }) => role === 'head'),
    random: makeRandom(options.seed, 'asked to wait'),
    time,
    telegram,
    askToWait: faults.askToWait,
    wanted,
  });
  const cities = Object.values(words.lexicon).flatMap(({ cities: list }) =>
    list.flatMap(({ names }) => names.slice(0, 1)),
  );
  const known = {
    cities,
    yes: words.lexicon.ru?.yes[0] ?? 'yes',
    no: words.lexicon.ru?.no[0] ?? 'no',
  };
  const links = agency.links.map(({ _id }) => _id);
  for (const { number, at } of arrivals(options)) {
    const chat = String(100_000 + number);
    const random = makeRandom(options.seed, `person:${number}`);
    const start = random.chance(0.9) ? random.pick(agency.links)._id : undefined;
    const self = () =>
      database.memory.candidates.find({ 'channels.address': chat })[0] as unknown as Candidate | undefined;
    time.at(at, () => makeCandidate({ chat, start, links, random, time, telegram, known, self }).arrive());
  }
  machine.begin();
  return {
    time,
    trace,
    database,
    judge,
    faults,
    calm: () => idle.idle() && machine.well(),
    peace: faults.peace,
    posted: telegram.posted,
    deaths: machine.deaths,
  };
}

function fill(database: VirtualDatabase, { members, vacancies, links }: Agency): void {
  const docs = (list: { _id: string }[]) => list as unknown as Doc[];
  database.memory.members.insert(docs(members), true);
  database.memory.vacancies.insert(docs(vacancies), true);
  database.memory.links.insert(docs(links), true);
}

/** A window a recruiter would see as free. */
function aFreeSlot(
  { application }: Case,
  database: VirtualDatabase,
  { members, vacancies, policy }: Agency,
  now: number,
  random: Random,
): { interviewer: string; start: number; format: Vacancy['formats'][number] } | undefined {
  const vacancy = vacancies.find(({ _id }) => _id === application.vacancy);
  const interviewers = members.filter(({ _id }) => vacancy?.interviewers.includes(_id));
  const booked = new Map(
    interviewers.map(({ _id }) => [
      _id,
      database.memory.slots
        .find({ interviewer: _id, start: { $gte: now - 86_400_000 } })
        .map(({ start }) => Number(start)),
    ]),
  );
  const free = freeSlots(interviewers, booked, policy.slot, now).slice(0, 40);
  const format = vacancy?.formats[0];
  return free.length === 0 || !format ? undefined : { ...random.pick(free), format };
}
