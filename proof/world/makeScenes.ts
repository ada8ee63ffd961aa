import type { Candidate } from '../../flows/candidate.ts';
import type { Format } from '../../flows/vacancy.ts';
import { makeAskedAnew } from '../people/askedAnew.ts';
import { makeAskedToWait } from '../people/askedToWait.ts';
import { makeLastMoment } from '../people/lastMoment.ts';
import { makePlanningMeeting } from '../people/planningMeeting.ts';
import type { Case } from '../people/recruiter.ts';
import { makeStrokeOfTen } from '../people/strokeOfTen.ts';
import type { VirtualTelegram } from '../telegram/virtualTelegram.ts';
import type { Agency } from './agency.ts';
import type { Faults } from './faults.ts';
import type { Options } from './options.ts';
import { makeRandom, type Random } from './random.ts';
import { isUntold, type Refusals } from './refusals.ts';
import type { VirtualTime } from './virtualTime.ts';

/** Where several do the wrong thing in the same moment: days alone seldom bring them together. */
export function makeScenes(deps: {
  options: Pick<Options, 'seed'>;
  agency: Agency;
  time: VirtualTime;
  telegram: VirtualTelegram;
  faults: Pick<Faults, 'drag' | 'askToWait'>;
  refusals: Refusals;
  machineNow: () => number;
  /** How far the machine's clock is off. */
  skew: () => number;
  /** Who has an application in a stage. */
  inStage: (stage: string) => Candidate[];
  freeSlot: (
    found: Case,
    random: Random,
  ) => { interviewer: string; start: number; format: Format } | undefined;
}): void {
  const { agency, time, telegram, faults, machineNow } = deps;
  const heads = agency.members.filter(({ role }) => role === 'head');
  const [head] = heads;
  const of = (name: string) => ({ head, random: makeRandom(deps.options.seed, name), time, telegram });

  /** People of one vacancy who could be given an interview, and a window for them. */
  const wanted = (random: Random, zone?: string) => {
    const vacancy = random.pick(agency.vacancies)._id;
    const cases = ['review', 'invited', 'interview'].flatMap((stage) =>
      deps.inStage(stage).flatMap((candidate) => {
        if (zone !== undefined && candidate.zone !== zone) return [];
        const application = candidate.applications.find(
          (one) => one.vacancy === vacancy && one.stage === stage && one.interview?.attendance === undefined,
        );
        return application ? [{ candidate, application }] : [];
      }),
    );
    const [first] = cases;
    const slot = first && deps.freeSlot(first, random);
    return slot && { cases: cases.slice(0, 8), ...slot };
  };
  const due = (within: number) =>
    deps.refusals.untold().flatMap((candidate) =>
      candidate.applications.filter(isUntold).flatMap((application) => {
        const at = (application.refusal?.messageAt ?? 0) - deps.skew();
        return at >= time.now() && at < time.now() + within ? [{ candidate, application, at }] : [];
      }),
    );
  const agreeing = (zone: string) =>
    deps.inStage('agreeing').flatMap((candidate) => {
      const application = candidate.applications.find(({ stage }) => stage === 'agreeing');
      return candidate.zone === zone && application ? [{ candidate, application }] : [];
    });

  makeLastMoment({ ...of('last moment'), heads, drag: faults.drag, due });
  makePlanningMeeting({
    ...of('meeting'),
    members: agency.members.filter(({ role }) => role !== 'client'),
    wanted,
  });
  makeStrokeOfTen({ ...of('ten'), drag: faults.drag, machineNow, wanted });
  makeAskedToWait({ ...of('asked to wait'), askToWait: faults.askToWait, wanted });
  makeAskedAnew({ ...of('asked anew'), agreeing });
}
