import { join } from 'node:path';
import { chatOf } from '../../channels/telegram/readUpdate.ts';
import type { Candidate } from '../../flows/candidate.ts';
import { type Group, isComing } from '../../flows/groups/group.ts';
import { loadWords } from '../../runtime/words.ts';
import type { Doc } from '../database/copy.ts';
import { makeVirtualDatabase, type VirtualDatabase } from '../database/virtualDatabase.ts';
import { makeJudge, type Judge } from '../judge/makeJudge.ts';
import { makeHand } from '../messengers/makeHand.ts';
import { makeVirtualMax } from '../messengers/virtualMax.ts';
import { makeVirtualWhatsapp } from '../messengers/virtualWhatsapp.ts';
import { makeCandidate } from '../people/candidate.ts';
import { makeClient } from '../people/client.ts';
import { makeGroupHost } from '../people/groupHost.ts';
import { type Case, makeRecruiter } from '../people/recruiter.ts';
import { makeVirtualPost } from '../post/virtualPost.ts';
import { makeVirtualTelegram } from '../telegram/virtualTelegram.ts';
import { aFreeSlot } from './aFreeSlot.ts';
import { type Agency, makeAgency } from './agency.ts';
import { arrivals } from './arrivals.ts';
import { makeBells } from './bells.ts';
import { makeCallHosts } from './makeCallHosts.ts';
import { type Faults, makeFaults } from './faults.ts';
import { makeIdle } from './idle.ts';
import { makeMachine } from './machine.ts';
import { botId } from './makeProcess.ts';
import { makeScenes } from './makeScenes.ts';
import { firstMoment, type Options } from './options.ts';
import { makeOutages } from './outages.ts';
import { makePiles } from './piles.ts';
import { makeRandom } from './random.ts';
import { makeRefusals } from './refusals.ts';
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
  const telegram = makeVirtualTelegram(time, (update) => {
    const id = `tg:${botId}:${update.update_id}`;
    judge.posted({ id, chat: chatOf(update) ?? '', order: 'numbered' });
  });
  const max = makeVirtualMax(time, (deed) => judge.posted({ ...deed, order: 'asked' }));
  const whatsapp = makeVirtualWhatsapp({
    time,
    random: makeRandom(options.seed, 'whatsapp'),
    judge: () => ({
      ...judge.gateways,
      posted: (deed) => judge.posted({ ...deed, order: 'brought' }),
    }),
  });
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
    judge: () => judge.gateways,
  });
  const machine = makeMachine({
    post,
    options,
    time,
    faults,
    database,
    telegram,
    whatsapp,
    max,
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
  const inStage = (stage: string) =>
    database.memory.candidates.find({ 'applications.stage': stage }) as unknown as Candidate[];
  makeCallHosts({ agency, options, time, telegram, database, inStage });
  makeScenes({
    ...{ options, agency, time, telegram, faults, refusals, machineNow },
    skew: () => skew,
    inStage,
    freeSlot: (found, random) => aFreeSlot(found, database, agency, machineNow(), random),
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
    const random = makeRandom(options.seed, `person:${number}`);
    const start = random.chance(0.9) ? random.pick(agency.links)._id : undefined;
    const hand = makeHand({ telegram, whatsapp, max }, number, makeRandom(options.seed, `hand:${number}`));
    const self = (address: string) =>
      database.memory.candidates.find({ 'channels.address': address })[0] as unknown as Candidate | undefined;
    time.at(at, () => makeCandidate({ hand, start, links, random, time, known, self }).arrive());
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
    posted: () => telegram.posted() + whatsapp.posted() + max.posted(),
    deaths: machine.deaths,
  };
}

function fill(database: VirtualDatabase, { members, vacancies, links }: Agency): void {
  const docs = (list: { _id: string }[]) => list as unknown as Doc[];
  database.memory.members.insert(docs(members), true);
  database.memory.vacancies.insert(docs(vacancies), true);
  database.memory.links.insert(docs(links), true);
}
