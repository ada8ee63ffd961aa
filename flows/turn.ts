import { personName } from './personName.ts';
import type { Application, Candidate, Dialog, Task } from './candidate.ts';
import { talkingChannels } from './channels.ts';
import type { Book, Button, Effect, Label, Message, Notify, Params, Recipient } from './effect.ts';
import type { Event } from './event.ts';
import type { Facts } from './facts.ts';
import type { Group } from './groups/group.ts';
import type { Member } from './member.ts';
import type { Vacancy } from './vacancy.ts';
import type { Name, StageSpec } from './pipelines/pipeline.ts';
import { specOf } from './pipelines/specOf.ts';
import { stageName, taskName } from './pipelines/stageName.ts';
import type { Stage } from './pipelines/stages.ts';
import { copyPlain } from './copyPlain.ts';
import { calendarOf } from './policies/calendars/calendarOf.ts';
import { addWorkingTime } from './workingTime.ts';
import { headsOf } from './headsOf.ts';

/** What every decision makes anew, of everything before: the draft has the old ones until then. */
const madeAnew: ReadonlySet<keyof Candidate> = new Set(['decided', 'outbox']);

/**
 * One decision being made: a draft of the state, and the effects so far. It is thrown away when the decision is a
 * refusal, so the caller's state is never touched.
 */
export class Turn {
  readonly effects: Effect[] = [];
  toast: Label | undefined;
  /** The message whose button was pressed shows the choice that is going on: what is asked next stands in its place. */
  drawOver = false;
  private count = 0;
  state: Candidate;
  readonly event: Event;
  readonly facts: Facts;
  readonly now: number;

  constructor(state: Candidate, event: Event, facts: Facts, now: number) {
    this.state = copyPlain(state, madeAnew);
    this.event = event;
    this.facts = facts;
    this.now = now;
  }

  /** An id that is the same when this event is decided again. */
  id(): string {
    this.count += 1;
    return `${this.facts.id}${this.count.toString(36)}`;
  }

  vacancy(id: string): Vacancy | undefined {
    return this.facts.vacancies.find((vacancy) => vacancy._id === id);
  }

  member(id: string | undefined): Member | undefined {
    return this.facts.members.find((member) => member._id === id);
  }

  group(id: string | undefined): Group | undefined {
    return this.facts.groups.find((group) => group._id === id);
  }

  application(id: string): Application | undefined {
    return this.state.applications.find((application) => application.id === id);
  }

  notify(to: Recipient, message: Message, more: Partial<Notify> = {}): void {
    this.effects.push({
      type: 'notify',
      key: `${this.event.id}:${this.id()}`,
      to,
      message,
      prompt: false,
      ...more,
    });
  }

  /** Let a window go: it is anybody's at once, or when nobody wants it back `until` then. */
  release({ id: application }: Application, interviewer: string, start: number, until?: number): void {
    this.effects.push({
      type: 'release',
      key: `${this.event.id}:${this.id()}`,
      application,
      interviewer,
      start,
      ...(until !== undefined && { until }),
    });
  }

  /** When what a member's act tells a candidate may leave: until then it can be taken back. */
  graceEnds(): number {
    return this.now + this.facts.policy.undoSeconds * 1_000;
  }

  /** Answer the candidate. `more.prompt: false` when they did not just ask for it. */
  say(
    key: string,
    params?: Params,
    buttons?: Button[][],
    more: Partial<Notify> & Partial<Message> = {},
  ): void {
    const { askContact, back, dropKeyboard, file, ...rest } = more;
    const extra = {
      ...(askContact && { askContact }),
      ...(back && { back }),
      ...(dropKeyboard && { dropKeyboard }),
      ...(file && { file }),
    };
    const message: Message = { key, ...(params && { params }), ...(buttons && { buttons }), ...extra };
    // The page shows it; their chats show it too, and no letter or SMS is sent for it.
    const only = this.event.type === 'buttonTapped' && this.event.page && { only: talkingChannels };
    this.notify({ candidate: this.state._id }, message, { prompt: true, ...only, ...rest });
  }

  /** Take a window; the answer comes back as `slotBooked` or `slotTaken`. `by`: a member asked for it. */
  book(
    { id: application }: Application,
    window: Pick<Book, 'interviewer' | 'start' | 'format' | 'by'>,
  ): void {
    this.effects.push({ type: 'book', key: `${this.event.id}:${this.id()}`, application, ...window });
  }

  /** Show a step of a choice: over the step before when its button was pressed, else as a new message. */
  step(key: string, params: Params, buttons: Button[][], more: Partial<Notify> = {}): void {
    this.say(key, params, buttons, { place: `dialog:${this.state._id}`, anew: !this.drawOver, ...more });
  }

  /** Tell the recruiter of an application, under a button that opens the card. */
  tell(
    application: Application,
    key: string,
    params: Params = {},
    { file, ...more }: Partial<Notify> & Pick<Message, 'file'> = {},
    buttons: Button[][] = [],
  ): void {
    const member = application.recruiter ?? this.head();
    if (!member) return;
    const card: Button[] = [{ label: { key: 'notice.button.card' }, data: `s:card:${application.id}` }];
    const named = { name: personName(this.state), vacancy: this.title(application), ...params };
    this.notify(
      { member },
      { key, params: named, buttons: [...buttons, card], ...(file && { file }) },
      { application: application.id, ...more },
    );
  }

  /**
   * Show something in the candidate's topic of the recruiters' group, when there is one. Under the status card: its
   * order has one key, so it is drawn there once and follows by itself from then on.
   */
  toDesk(application: Application, message: Message): void {
    if (this.facts.policy.deskChat === '') return;
    const to = { desk: this.state._id };
    const about = { application: application.id, prompt: true };
    const card = { key: 'view:deskCard', params: { application: application.id } };
    const place = `card:${application.id}:desk`;
    this.notify(to, card, { ...about, key: `desk:${place}`, place });
    this.notify(to, message, about);
  }

  /** What the pipeline of an application says of the stage it stands at. */
  spec(application: Application): StageSpec {
    return specOf(this.facts.pipelines, application);
  }

  /** What a stage is called there. */
  stageName(application: Application, stage?: Stage): Name {
    return stageName(this.facts.pipelines, application, stage);
  }

  title(application: Application): { words: Vacancy['title'] } {
    return { words: this.vacancy(application.vacancy)?.title ?? { ru: application.vacancy } };
  }

  fact(what: string, application?: string, by?: string, params?: Params): void {
    this.effects.push({
      type: 'fact',
      key: `${this.event.id}:${this.id()}`,
      what,
      ...(application && { application }),
      ...(by && { by }),
      ...(params && { params }),
    });
  }

  /** Remember what is asked now; its buttons carry the prompt's id. */
  ask(dialog: DialogWithoutPrompt): string {
    const prompt = this.id();
    this.state.dialog = { ...dialog, prompt, misses: 0 };
    return prompt;
  }

  /** A task with its clock: a reminder before, and its passing on when it is late. */
  addTask(application: Application, kind: Task['kind'], note?: string): Task | undefined {
    const member = application.recruiter;
    if (!member) return undefined;
    const open = application.tasks.find((task) => task.kind === kind && task.done === undefined);
    if (open) return open;
    const also = this.headOf(application, kind);
    const task: Task = {
      id: this.id(),
      kind,
      member,
      createdAt: this.now,
      due: this.now,
      passed: 0,
      stage: application.stage,
      ...(also && also !== member && { also }),
      ...(note && { note }),
    };
    application.tasks.push(task);
    this.armTask(application, task);
    if (task.also) this.tellOfTask(application, task, task.also, 'notice.taskAlsoYours');
    return task;
  }

  /** The head, where the pipeline gives them the stage's task too. */
  private headOf(application: Application, kind: Task['kind']): string | undefined {
    const spec = this.spec(application).task;
    if (spec?.kind !== kind || !spec.head) return undefined;
    return this.head();
  }

  /** The head who hears what nobody else is there for. */
  head(): string | undefined {
    return headsOf(this.facts.members)[0]?._id;
  }

  /** Set a task's due time for whoever has it now, in their working time. */
  armTask(application: Application, task: Task): void {
    const sla = this.facts.policy.sla[task.kind];
    const spec = this.spec(application).task;
    const minutes = (spec?.kind === task.kind ? spec.minutes : undefined) ?? sla.minutes;
    const remindBefore = Math.min(sla.remindBefore, Math.floor(minutes / 2));
    const reminded = remindBefore > 0 && remindBefore < minutes;
    this.clockTask(
      application,
      task,
      this.workingTime(task.member, minutes),
      reminded ? this.workingTime(task.member, minutes - remindBefore) : undefined,
    );
  }

  /**
   * Give a task another time or owner by hand: alarms and buttons of before say nothing any more.
   *
   * @param remindAt unset: as long before as the policy says, when that is still to come
   */
  moveTask(application: Application, task: Task, due: number, remindAt?: number): void {
    task.moves = (task.moves ?? 0) + 1;
    const before = due - this.facts.policy.sla[task.kind].remindBefore * 60_000;
    this.clockTask(application, task, due, remindAt ?? (before > this.now ? before : undefined));
  }

  private clockTask(application: Application, task: Task, due: number, remindAt: number | undefined): void {
    task.due = due;
    const { id, passed, moves } = task;
    const base = { application: application.id, task: id, passed, ...(moves && { moves }) };
    this.schedule(`task:${id}`, Math.max(due, this.now), { kind: 'task', ...base });
    if (remindAt === undefined) return;
    this.schedule(`taskReminder:${id}`, remindAt, { kind: 'taskReminder', ...base });
  }

  /** When so many minutes of a member's working time have passed; plain time for one who is not there. */
  workingTime(id: string | undefined, minutes: number, from = this.now): number {
    const member = this.member(id);
    return member
      ? addWorkingTime(from, minutes, member, calendarOf(this.facts.policy))
      : from + minutes * 60_000;
  }

  finishTasks(application: Application, ...kinds: Task['kind'][]): void {
    for (const task of application.tasks)
      if (task.done === undefined && kinds.includes(task.kind)) this.closeTask(task);
  }

  closeTask(task: Task): void {
    task.done = this.now;
    this.cancel(`task:${task.id}`);
    this.cancel(`taskReminder:${task.id}`);
  }

  /** Tell a member about a task, under the buttons that open it and the card. */
  tellOfTask(application: Application, task: Task, to: string, key: string, params: Params = {}): void {
    const take = { label: { key: 'notice.button.take' }, data: `s:take:${application.id}` };
    const open = { label: { key: 'notice.button.task' }, data: `tk:open:${application.id}:${task.id}` };
    const card = { label: { key: 'notice.button.card' }, data: `s:card:${application.id}` };
    const named = {
      name: personName(this.state),
      vacancy: this.title(application),
      task: taskName(this.facts.pipelines, application, task),
      ...params,
    };
    const buttons = [...(task.kind === 'take' ? [[take]] : []), [open, card]];
    this.notify({ member: to }, { key, params: named, buttons }, { application: application.id });
  }

  schedule(key: string, due: number, timer: Extract<Effect, { type: 'schedule' }>['timer']): void {
    this.dropAlarm(key);
    this.effects.push({ type: 'schedule', key, due, timer });
  }

  /** Take back messages, by their keys, that have not left yet. */
  withdraw(messages: string[]): void {
    this.effects.push({ type: 'withdraw', key: `${this.event.id}:${this.id()}`, messages });
  }

  cancel(key: string): void {
    this.dropAlarm(key);
    this.effects.push({ type: 'cancel', key });
  }

  /**
   * One order for an alarm in one decision, the last. Publishing may be repeated after a crash: a cancel followed by a
   * schedule of the same event would then silence what it had set.
   */
  private dropAlarm(key: string): void {
    const before = this.effects.findIndex(
      (effect) => (effect.type === 'schedule' || effect.type === 'cancel') && effect.key === key,
    );
    if (before >= 0) this.effects.splice(before, 1);
  }
}

type WithoutPrompt<D> = D extends unknown ? Omit<D, 'prompt' | 'misses'> : never;
/** A dialog as it is asked for: the prompt's id is given by the turn. */
export type DialogWithoutPrompt = WithoutPrompt<Dialog>;
