import { type CallKind, kindsOfCalls, specOfCall } from '../../flows/clientCalls/callKinds.ts';
import type { ClientCall } from '../../flows/clientCalls/clientCall.ts';
import type { Member } from '../../flows/member.ts';
import type { VirtualTelegram } from '../telegram/virtualTelegram.ts';
import type { Random } from '../world/random.ts';
import type { CallOrder } from '../world/staffBot.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import { phone } from './person.ts';
import type { Case } from './recruiter.ts';

const hour = 3_600_000;

/**
 * Who speaks with clients: plans a call every other day, moves one or calls it off, writes up what came of most of them,
 * and ticks off what was to be sent, some of it late.
 */
export function makeCallHost(deps: {
  member: Member;
  /** Those whom a call may be with, and who leads a team. */
  clients: Member[];
  leads: Member[];
  random: Random;
  time: VirtualTime;
  telegram: VirtualTelegram;
  /** Whom a client could meet. */
  people: () => Case[];
  /** The calls this member holds. */
  calls: () => ClientCall[];
}): void {
  const { member, random, time, telegram } = deps;
  const chat = member.telegram ?? '';
  const press = (order: CallOrder) =>
    telegram.post(chat, phone.tap(chat, member.lang, `c|${JSON.stringify(order)}`));
  const later = (hours: number): number =>
    Math.ceil((time.now() + random.between(1, hours) * hour) / hour) * hour;

  const report = ({ _id, kind, people }: ClientCall): void => {
    const asked = specOfCall(kind).questions.filter(
      ({ required }) => required === true || random.chance(0.5),
    );
    press({
      type: 'reportCall',
      call: _id,
      answers: Object.fromEntries(asked.map(({ id }) => [id, 'text'])),
      people: people.map(({ application }) => ({
        application,
        summary: 'text',
        result: 'text',
        verdict: random.pick(['chosen', 'refused', 'open']),
      })),
    });
  };
  const look = (): void => {
    for (const call of deps.calls()) {
      if (call.cancelled !== undefined) continue;
      const { _id, start, result, todo } = call;
      const wish = random.next();
      const open = todo.find(({ done }) => done === undefined);
      if (result && open && wish < 0.5) press({ type: 'tickTodo', call: _id, todo: open.id, on: true });
      else if (result) continue;
      else if (start < time.now() && wish < 0.5) report(call);
      else if (start > time.now() && wish < 0.12) press({ type: 'moveCall', call: _id, start: later(60) });
      else if (start > time.now() && wish < 0.17) press({ type: 'cancelCall', call: _id });
    }
    time.after(random.between(2, 8) * hour + random.between(0, hour), look);
  };
  const plan = (): void => {
    const kind: CallKind = random.pick(kindsOfCalls);
    const { people: meets, lead } = specOfCall(kind);
    const people = meets ? deps.people().slice(0, random.between(1, 3)) : [];
    const client = random.chance(0.8) ? random.pick(deps.clients)._id : undefined;
    press({
      type: 'planCall',
      kind,
      start: later(60),
      company: 'company',
      people: people.map(({ candidate, application }) => ({
        candidate: candidate._id,
        application: application.id,
      })),
      ...(client !== undefined && { client }),
      ...(lead && { lead: random.pick(deps.leads)._id }),
    });
    time.after(random.between(20, 60) * hour, plan);
  };
  time.after(random.between(4, 40) * hour, plan);
  time.after(random.between(5, 12) * hour, look);
}
