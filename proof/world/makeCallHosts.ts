import type { Candidate } from '../../flows/candidate.ts';
import type { ClientCall } from '../../flows/clientCalls/clientCall.ts';
import type { VirtualDatabase } from '../database/virtualDatabase.ts';
import { makeCallHost } from '../people/callHost.ts';
import type { VirtualTelegram } from '../telegram/virtualTelegram.ts';
import type { Agency } from './agency.ts';
import type { Options } from './options.ts';
import { makeRandom } from './random.ts';
import type { VirtualTime } from './virtualTime.ts';

/** Stages in which a client is to meet somebody, or to hear of them. */
const met = ['clientInterview', 'agreeing', 'decision', 'interview', 'invited'];

/** Every recruiter speaks with clients now and then. */
export function makeCallHosts(deps: {
  agency: Agency;
  options: Pick<Options, 'seed'>;
  time: VirtualTime;
  telegram: VirtualTelegram;
  database: VirtualDatabase;
  /** Who has an application in a stage. */
  inStage: (stage: string) => Candidate[];
}): void {
  const { agency, time, telegram, database } = deps;
  const of = (role: string) => agency.members.filter((member) => member.role === role);
  const people = () =>
    met.flatMap((stage) =>
      deps.inStage(stage).flatMap((candidate) => {
        const application = candidate.applications.find((one) => one.stage === stage);
        return application ? [{ candidate, application }] : [];
      }),
    );
  for (const member of of('recruiter'))
    makeCallHost({
      ...{ member, time, telegram, people },
      clients: of('client'),
      leads: of('recruiter'),
      random: makeRandom(deps.options.seed, `calls:${member._id}`),
      calls: () =>
        ([...database.memory.clientCalls.all()] as unknown as ClientCall[]).filter(
          ({ manager }) => manager === member._id,
        ),
    });
}
