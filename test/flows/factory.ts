import type { ChannelId } from '../../flows/channels.ts';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Application, Candidate } from '../../flows/candidate.ts';
import { decide, windowsNeeded } from '../../flows/decide.ts';
import type { Button, Effect, Label, Notify, Schedule } from '../../flows/effect.ts';
import type { Event, Happened, StaffCommand, Timer } from '../../flows/event.ts';
import type { Decision, Facts, FreeSlot } from '../../flows/facts.ts';
import { freeSlots } from '../../flows/freeSlots.ts';
import type { Group } from '../../flows/groups/group.ts';
import { seatsOf } from '../../flows/groups/seat.ts';
import type { Member } from '../../flows/member.ts';
import type { Pipeline } from '../../flows/pipelines/pipeline.ts';
import { shippedPipelines } from '../../flows/pipelines/shipped.ts';
import { afterQuiet } from '../../flows/quietHours.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { IncomingFile, Question } from '../../flows/question.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import { loadWords } from '../../runtime/words.ts';

export const words = loadWords(join(import.meta.dirname, '../../locales'));
export const minute = 60_000;
export const hour = 60 * minute;

/** A moment by the clock of a zone, Moscow's unless told. */
export function at(time: string, zone = 'Europe/Moscow'): number {
  const moment = DateTime.fromISO(time, { zone });
  if (!moment.isValid) throw new Error(`not a time: ${time}`);
  return moment.toMillis();
}

/** Tuesday, ten in the morning in Moscow. */
export const morning = at('2026-11-24T10:00');

export const weekdays = Object.fromEntries(
  ['1', '2', '3', '4', '5'].map((day) => [day, [['09:00', '18:00']]]),
) as Member['hours']['week'];

export function member(id: string, role: Member['role'], more: Partial<Member> = {}): Member {
  return {
    _id: id,
    role,
    name: `name of ${id}`,
    lang: 'ru',
    zone: 'Europe/Moscow',
    active: true,
    hours: { week: weekdays, off: [], buffer: 0 },
    ...more,
  };
}

/** The agency of every test: a head, two recruiters, a client. */
export function agency(): Member[] {
  return [
    member('head', 'head'),
    member('anna', 'recruiter'),
    member('boris', 'recruiter'),
    member('client', 'client'),
  ];
}

export function question(id: string, kind: Question['kind'], more: Partial<Question> = {}): Question {
  const options = ['one', 'two', 'three'].map((option) => ({
    id: option,
    text: { ru: `вариант ${option}`, en: `option ${option}` },
  }));
  return {
    id,
    kind,
    text: { ru: `вопрос ${id}`, en: `question ${id}` },
    ...(['choice', 'several'].includes(kind) && { options }),
    ...more,
  };
}

export function vacancy(id = 'cook', more: Partial<Vacancy> = {}): Vacancy {
  return {
    _id: id,
    status: 'open',
    title: { ru: `вакансия ${id}`, en: `vacancy ${id}` },
    text: { ru: 'пять строк' },
    questions: [question('medical', 'yesno', { rule: { expect: ['yes'], points: 1 } })],
    formats: ['office'],
    address: 'Складская, 12',
    link: 'https://zoom.example/1',
    interviewers: ['anna'],
    recruiters: ['anna', 'boris'],
    client: 'client',
    autoInvite: false,
    createdAt: 0,
    ...more,
  };
}

export function candidate(more: Partial<Candidate> = {}): Candidate {
  return {
    _id: 'c',
    version: 0,
    createdAt: morning,
    channels: [{ channel: 'telegram', address: '100' }],
    lang: 'ru',
    zone: 'Europe/Moscow',
    applications: [],
    decided: [],
    outbox: [],
    ...more,
  };
}

export const file: IncomingFile = { channel: 'telegram', id: 'f1', name: 'cv.pdf', kind: 'document' };

export type Act = StaffCommand extends infer C
  ? C extends StaffCommand
    ? Omit<C, 'application' | 'by'>
    : never
  : never;
type WithoutId = Event extends infer E ? (E extends Event ? Omit<E, 'id'> : never) : never;
type Sent = Partial<Omit<Extract<Happened, { type: 'messageArrived' }>, 'type' | 'reach' | 'person'>>;

const reach = { channel: 'telegram' as const, address: '100' };
const person = { lang: 'ru', name: 'Пётр' };

/**
 * One candidate and the agency, with effects carried out as the runtime does it: alarms stand until their key is
 * moved or silenced, windows have one owner, bookings are answered when told (`settle`).
 */
export class World {
  state: Candidate;
  now = morning;
  vacancies: Vacancy[];
  members = agency();
  policy: Policy = structuredClone(defaultPolicy);
  pipelines: Pipeline[] = [...shippedPipelines];
  groups: Group[] = [];
  turn: Record<string, string> = {};
  link: Facts['link'];
  /** The alarms that are set, by key. */
  readonly alarms = new Map<string, Schedule>();
  /** Taken windows: `interviewer:start` to the application. */
  readonly slots: Map<string, string>;
  private readonly name: string;
  readonly effects: Effect[] = [];
  /** What the last decision ordered. */
  last: Effect[] = [];
  toast: Label | undefined;
  private holds: Extract<Effect, { type: 'hold' }>[] = [];
  private books: Extract<Effect, { type: 'book' }>[] = [];
  private count = 0;
  /** When each message leaves. */
  here: ChannelId[] = ['telegram'];
  readonly leaving = new Map<string, number>();

  /** @param shared the windows of several worlds, whose events are told apart by a name */
  constructor(
    vacancies: Vacancy[] = [vacancy()],
    state: Candidate = candidate(),
    shared: { slots?: Map<string, string>; name?: string } = {},
  ) {
    this.slots = shared.slots ?? new Map();
    this.name = shared.name ?? 'e';
    this.vacancies = vacancies;
    this.state = state;
    for (const { _id } of vacancies) this.turn[_id] = 'anna';
  }

  /** What the next decision may look at; only those windows are read that it says it needs. */
  facts(event: Event): Facts {
    const booked = new Map<string, number[]>();
    for (const key of this.slots.keys()) {
      const [interviewer = '', start] = key.split(':');
      booked.set(interviewer, [...(booked.get(interviewer) ?? []), Number(start)]);
    }
    const needed = windowsNeeded(this.state, event, this.vacancies);
    const free = this.vacancies
      .filter(({ _id }) => needed.includes(_id))
      .map(({ _id, interviewers }) => {
        const who = this.members.filter((one) => one.active && interviewers.includes(one._id));
        return [_id, freeSlots(who, booked, this.policy.slot, this.now)] as const;
      });
    return {
      id: `x${event.id}-`,
      bot: { username: 'bot' },
      here: this.here,
      code: 'ABCDEFGH',
      vacancies: this.vacancies,
      members: this.members,
      policy: this.policy,
      groups: this.groups,
      pipelines: this.pipelines,
      phone: (text) => {
        const phone = parsePhoneNumberFromString(text, 'RU');
        return phone?.isPossible() ? phone.number : undefined;
      },
      free: Object.fromEntries([...free, ...this.seats(needed)]),
      lexicon: words.lexicon,
      turn: this.turn,
      left: [...this.leaving].filter(([, at]) => at <= this.now).map(([key]) => key),
      ...(this.link && { link: this.link }),
    };
  }

  private seats(needed: string[]): [string, FreeSlot[]][] {
    const taken = new Set([...this.slots.keys()].map((key) => key.split(':')[0]));
    return this.groups
      .filter(({ _id }) => needed.includes(_id))
      .map((group) => [group._id, seatsOf(group).filter(({ interviewer }) => !taken.has(interviewer))]);
  }

  /** One event, decided and carried out. The same id again is passed over, as the desk does it. */
  happens(given: WithoutId, id?: string): Decision {
    this.count += 1;
    const event = { id: id ?? `${this.name}${this.count}`, ...given } as Event;
    this.last = [];
    this.toast = undefined;
    if (this.state.decided.includes(event.id)) return { ok: true, state: this.state, effects: [] };
    const decision = decide(this.state, event, this.facts(event), this.now);
    if (!decision.ok) return decision;
    this.state = decision.state;
    this.last = decision.effects;
    this.toast = decision.toast;
    this.effects.push(...decision.effects);
    for (const effect of decision.effects) {
      if (effect.type === 'notify') this.leaving.set(effect.key, this.leaves(effect));
      if (effect.type === 'withdraw') for (const key of effect.messages) this.leaving.delete(key);
      if (effect.type === 'schedule') this.alarms.set(effect.key, effect);
      if (effect.type === 'cancel') this.alarms.delete(effect.key);
      if (effect.type === 'book') this.books.push(effect);
      if (effect.type === 'hold') this.holds.push(effect);
      if (effect.type === 'release') this.release(effect);
    }
    return decision;
  }

  private release({ interviewer, start, application }: Extract<Effect, { type: 'release' }>): void {
    const key = `${interviewer}:${start}`;
    if (this.slots.get(key) === application) this.slots.delete(key);
  }

  /** When a message may leave: not at night, unless it was asked for. */
  leaves({ prompt, notBefore = this.now }: Notify): number {
    return prompt ? notBefore : afterQuiet(notBefore, this.state.zone, this.policy.quiet);
  }

  /** Answer the bookings that wait: the first one to ask gets the window. */
  settle(): this {
    for (const { application, interviewer, starts } of this.holds.splice(0)) {
      const ours = starts.filter((start) => {
        const owner = this.slots.get(`${interviewer}:${start}`);
        return owner === undefined || owner === application;
      });
      for (const start of ours) this.slots.set(`${interviewer}:${start}`, application);
      this.happens({ type: 'windowsHeld', application, starts: ours });
    }
    for (const { application, interviewer, start, format, by } of this.books.splice(0)) {
      const key = `${interviewer}:${start}`;
      const taken = this.slots.has(key) && this.slots.get(key) !== application;
      if (!taken) this.slots.set(key, application);
      this.happens({
        type: taken ? 'slotTaken' : 'slotBooked',
        application,
        interviewer,
        start,
        format,
        ...(by && { by }),
      });
    }
    return this;
  }

  say(text: string): this {
    return this.send({ kind: 'text', text });
  }

  send(sent: Sent): this {
    this.happens({ type: 'messageArrived', reach, person, kind: 'text', ...sent });
    return this;
  }

  /** Press a button: by its data, or the newest one whose label, text or data's end is this. */
  tap(what: string, id?: string): this {
    this.happens({ type: 'buttonTapped', reach, person, data: this.data(what) }, id);
    return this;
  }

  data(what: string): string {
    if (/^[a-z]:/.test(what)) return what;
    const found = this.buttons()
      .toReversed()
      .find(
        ({ label, data }) =>
          ('key' in label && label.key === what) ||
          ('words' in label && Object.values(label.words).includes(what)) ||
          ('params' in label && JSON.stringify(label.params).includes(`"${what}"`)) ||
          data?.endsWith(`:${what}`),
      );
    if (!found?.data) throw new Error(`no button ${what}`);
    return found.data;
  }

  /** Every button the candidate ever saw, oldest first. */
  buttons(): Button[] {
    return this.effects.filter(toCandidate).flatMap(({ message }) => (message.buttons ?? []).flat());
  }

  /** A member's act on the newest application. */
  act(by: string, act: Act, application: string = this.application.id): Decision {
    return this.happens({ ...act, by, application } as WithoutId);
  }

  /** …and its refusal's code, or 'done'. */
  code(by: string, act: Act, application?: string): string {
    const decision = this.act(by, act, application ?? this.application.id);
    return decision.ok ? 'done' : decision.code;
  }

  rings(timer: Timer): this {
    this.happens({ type: 'timerDue', timer });
    return this;
  }

  /** Let the time pass: bookings are answered first, alarms ring in order, each once. */
  until(time: number): this {
    this.settle();
    for (let rung = 0; rung < 500; rung += 1) {
      const [next] = [...this.alarms.values()].filter(({ due }) => due <= time).sort((a, b) => a.due - b.due);
      if (!next) break;
      this.now = Math.max(this.now, next.due);
      this.alarms.delete(next.key);
      this.rings(next.timer);
      this.settle();
    }
    this.now = time;
    return this;
  }

  get application(): Application {
    const application = this.state.applications.at(-1);
    if (!application) throw new Error('no application');
    return application;
  }

  /** Keys of what the last decision tells the candidate. */
  get said(): string[] {
    return this.last.filter(toCandidate).map(({ message }) => message.key);
  }

  /** Keys of what the last decision tells a member. */
  told(id: string): string[] {
    return this.last
      .filter(
        (effect): effect is Notify =>
          effect.type === 'notify' && 'member' in effect.to && effect.to.member === id,
      )
      .map(({ message }) => message.key);
  }

  /** Keys of everything ever told to a member. */
  everTold(id: string): string[] {
    return this.effects
      .filter(
        (effect): effect is Notify =>
          effect.type === 'notify' && 'member' in effect.to && effect.to.member === id,
      )
      .map(({ message }) => message.key);
  }

  /** Keys of everything ever said to the candidate. */
  get everSaid(): string[] {
    return this.effects.filter(toCandidate).map(({ message }) => message.key);
  }

  /** The newest message to the candidate with this key. */
  message(key: string): Notify {
    const found = this.effects.filter(toCandidate).findLast(({ message }) => message.key === key);
    if (!found) throw new Error(`nothing was said as ${key}`);
    return found;
  }

  get happened(): string[] {
    return this.last.flatMap((effect) => (effect.type === 'fact' ? [effect.what] : []));
  }

  /** Kinds of the open tasks of the newest application. */
  get tasks(): string[] {
    return this.application.tasks.filter(({ done }) => done === undefined).map(({ kind }) => kind);
  }

  // The way to the places where tests begin.

  arrives(of = this.vacancies[0]?._id ?? ''): this {
    this.link = { vacancy: of, source: 'hh' };
    this.say('/start token');
    this.link = undefined;
    return this;
  }

  /** Has consented and sees the first question. */
  consents(of?: string): this {
    return this.arrives(of).tap('candidate.consent.yes');
  }

  /** Has answered the one question of the default vacancy; a recruiter is to look. */
  screened(): this {
    return this.consents().tap('candidate.button.yes');
  }

  invited(): this {
    this.screened().act('anna', { type: 'invite' });
    return this;
  }

  /** Has an interview at the first offered time, or at the one given. */
  booked(start?: number): this {
    this.invited().chooses(start);
    return this;
  }

  /** From the choice of a day to a booked window. */
  chooses(start?: number): this {
    const first = this.offeredDays()[0] ?? '';
    const day =
      start === undefined ? first : DateTime.fromMillis(start, { zone: this.state.zone }).toISODate();
    this.tap(`p:${this.state.dialog?.prompt}:${day}`);
    const time = start ?? this.offeredTimes()[0];
    this.tap(`p:${this.state.dialog?.prompt}:${time}`);
    return this.settle();
  }

  /** Days on the buttons that are open now, in their order. */
  offeredDays(): string[] {
    return this.offered().filter((choice) => /^\d{4}-\d\d-\d\d$/.test(choice));
  }

  offeredTimes(): number[] {
    return this.offered()
      .filter((choice) => /^\d{9,}$/.test(choice))
      .map(Number);
  }

  offered(): string[] {
    const prompt = `p:${this.state.dialog?.prompt}:`;
    const notify = this.effects
      .filter(toCandidate)
      .findLast(({ message }) => (message.buttons ?? []).flat().some(({ data }) => data?.startsWith(prompt)));
    return (notify?.message.buttons ?? []).flat().map(({ data }) => data?.slice(prompt.length) ?? '');
  }
}

function toCandidate(effect: Effect): effect is Notify {
  return effect.type === 'notify' && 'candidate' in effect.to;
}
