import type { Button, Effect, Message, Notify, Params } from '../effect.ts';
import type { StaffCommand } from '../event.ts';
import { copyPlain } from '../copyPlain.ts';
import type { Label } from '../effect.ts';
import type { Member } from '../member.ts';
import type { Policy } from '../policies/policy.ts';
import { calendarOf } from '../policies/calendars/calendarOf.ts';
import { addWorkingTime } from '../workingTime.ts';
import { type Side, specOfCall } from './callKinds.ts';
import type { CallAlarm, ClientCall, ClientCallEvent } from './clientCall.ts';

/** A command for somebody's application that follows from a call: carried out by the desk, once. */
export interface Pass {
  type: 'pass';
  key: string;
  candidate: string;
  event: StaffCommand & { id: string };
}

export type CallEffect = Extract<Effect, { type: 'notify' | 'schedule' | 'cancel' | 'fact' }> | Pass;

/** What a decision about a call may look at besides the call and the event. */
export interface CallFacts {
  members: Member[];
  policy: Policy;
  /** Those who take part, by application: their names as they are now. */
  names: Record<string, string>;
}

/** One decision about a call being made: a draft of it, and the effects so far. */
export class CallTurn {
  readonly effects: CallEffect[] = [];
  readonly call: ClientCall;
  readonly event: ClientCallEvent;
  readonly facts: CallFacts;
  readonly now: number;
  private count = 0;

  constructor(call: ClientCall, event: ClientCallEvent, facts: CallFacts, now: number) {
    this.call = copyPlain(call);
    this.event = event;
    this.facts = facts;
    this.now = now;
  }

  key(): string {
    this.count += 1;
    return `${this.event.id}:${this.count.toString(36)}`;
  }

  member(id: string | undefined): Member | undefined {
    return this.facts.members.find((member) => member._id === id && member.active);
  }

  /** What every message about the call says. */
  params(): Params {
    const { kind, company, start, people } = this.call;
    return {
      kind: { key: `clientCall.kind.${kind}` },
      company,
      when: { at: start, as: 'dateTime' },
      manager: this.facts.members.find(({ _id }) => _id === this.call.manager)?.name ?? '—',
      people: people.map(({ application }) => this.facts.names[application] ?? '—').join(', ') || '—',
    };
  }

  /** Tell a member; whoever caused it knows already. @returns the message's key, when there is anybody to tell */
  tell(to: string | undefined, message: Message, more: Partial<Notify> = {}): string | undefined {
    const member = this.member(to);
    if (!member) return undefined;
    const key = this.key();
    this.effects.push({
      type: 'notify',
      key,
      to: { member: member._id },
      message,
      prompt: false,
      ...more,
    });
    return key;
  }

  /** A client is told in their chat and by a letter too: it is where their calendar is. */
  private tellClient(message: Message, more: Partial<Notify>): void {
    const { client } = this.call;
    const copyOf = this.tell(client, message, more);
    if (copyOf && this.member(client)?.email)
      this.tell(client, message, { ...more, only: ['email'], copyOf });
  }

  /** Tell everybody of a side. Candidates hear of company and time, and nothing of what is said about them. */
  tellSide(
    side: Side,
    what: string,
    more: Pick<Message, 'file'> & Partial<Pick<Notify, 'prompt' | 'reminds'>>,
  ): void {
    const { lead, manager, people } = this.call;
    const { file, prompt = false, reminds } = more;
    const extra = { ...(file && { file }) };
    const kept = { ...(reminds && { reminds }) };
    if (side === 'people')
      for (const { candidate, application } of people)
        this.effects.push({
          type: 'notify',
          key: this.key(),
          to: { candidate },
          application,
          message: { key: `clientCall.candidate.${what}`, params: this.params(), ...extra },
          prompt,
          ...kept,
        });
    else if (side === 'client')
      this.tellClient({ key: `clientCall.client.${what}`, params: this.params(), ...extra }, kept);
    else {
      const [key, buttons] = [`clientCall.staff.${what}`, this.open()];
      this.tell(side === 'lead' ? lead : manager, { key, params: this.params(), buttons, ...extra }, kept);
    }
  }

  open(): Button[][] {
    return [[{ label: { key: 'clientCall.button.open' }, data: `cc:open:${this.call._id}` }]];
  }

  /** Everybody who takes part in a call of this kind. Who leads the team and holds the call is one, and told once. */
  sides(): Side[] {
    const { people, lead } = specOfCall(this.call.kind);
    const leads = lead && this.call.lead !== this.call.manager;
    return [
      'manager',
      'client',
      ...(people ? (['people'] as const) : []),
      ...(leads ? (['lead'] as const) : []),
    ];
  }

  alarm(what: CallAlarm, due: number): void {
    const { _id: call, start } = this.call;
    const timer = { kind: 'clientCall' as const, application: '', call, what, at: start };
    this.effects.push({ type: 'schedule', key: `clientCall:${what}:${call}`, due, timer });
  }

  silence(what: CallAlarm): void {
    this.effects.push({ type: 'cancel', key: `clientCall:${what}:${this.call._id}` });
  }

  fact(what: string, params: Params): void {
    this.effects.push({ type: 'fact', key: this.key(), what, by: this.event.by, params });
  }

  pass(candidate: string, command: StaffCommand): void {
    const key = this.key();
    this.effects.push({ type: 'pass', key, candidate, event: { ...command, id: key } });
  }

  /** When so many minutes of the manager's working time have passed. */
  workingTime(minutes: number): number {
    const member = this.member(this.call.manager);
    return member
      ? addWorkingTime(this.now, minutes, member, calendarOf(this.facts.policy))
      : this.now + minutes * 60_000;
  }

  /** The entry of the calendars; with what came of it for those who may read that. */
  calendar(cancelled: boolean, notes?: Label): NonNullable<Message['file']> {
    const { _id, start, moves, company, kind } = this.call;
    return {
      kind: 'ics',
      uid: `call-${_id}`,
      sequence: moves,
      cancelled,
      start,
      minutes: this.facts.policy.clientCalls.minutes,
      title: {
        key: notes ? 'clientCall.calendar.done' : 'clientCall.calendar.title',
        params: {
          company,
          kind: { key: `clientCall.kind.${kind}` },
          mark: { key: `clientCall.mark.${specOfCall(kind).mark}` },
        },
      },
      ...(notes && { notes }),
    };
  }
}
