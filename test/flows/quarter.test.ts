import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Application } from '../../flows/candidate.ts';
import type { Notify } from '../../flows/effect.ts';
import { isInHand } from '../../flows/keepInHand.ts';
import { lineHash } from '../../flows/lineHash.ts';
import { specOf } from '../../flows/pipelines/specOf.ts';
import { stageTasks } from '../../flows/pipelines/stageTasks.ts';
import { isOpen, type Stage } from '../../flows/pipelines/stages.ts';
import { taskSpec } from '../../flows/pipelines/taskSpec.ts';
import { Turn } from '../../flows/turn.ts';
import { type Act, candidate, hour, minute, morning, vacancy, World } from './factory.ts';

const day = 24 * hour;
const quarter = 92 * day;
const people = 3;
const stageKinds: readonly string[] = stageTasks;

/** Messages that speak of a stage, and where the application must be when they leave; told from nothing of the flows. */
const speaksOf: Record<string, Stage[]> = {
  'candidate.reserved': ['reserve'],
  'candidate.passed': ['agreeing'],
  'candidate.refusal': ['refused'],
  'late.starting': ['starting'],
  'late.tomorrow': ['starting'],
  'late.works': ['work'],
  'late.hired': ['hired'],
};

/** A few candidates, a client and the staff over one calendar: their acts are played, their alarms ring in order. */
class Agency {
  readonly slots = new Map<string, string>();
  readonly worlds: World[];
  /** What has not left yet. */
  private waiting: { world: World; notify: Notify; at: number }[] = [];
  now = morning;

  constructor() {
    const vacancies = [vacancy('cook'), vacancy('driver', { pipeline: 'inHouse', recruiters: ['boris'] })];
    this.worlds = Array.from({ length: people }, (_, index) => {
      const state = candidate({ _id: `c${index}` });
      const world = new World(vacancies, state, { slots: this.slots, name: `p${index}e` });
      world.turn['driver'] = 'boris';
      const happens = world.happens.bind(world);
      world.happens = (event, id) => {
        const decision = happens(event, id);
        if (decision.ok) this.decided(world);
        return decision;
      };
      return world;
    });
  }

  private decided(world: World): void {
    const withdrawn = world.last.flatMap((one) => (one.type === 'withdraw' ? one.messages : []));
    this.waiting = this.waiting.filter(({ notify }) => !withdrawn.includes(notify.key));
    for (const one of world.last)
      if (one.type === 'notify' && 'candidate' in one.to)
        this.waiting.push({ world, notify: one, at: world.leaves(one) });
    this.deliver();
    stands(world);
    for (const [window, owners] of this.owners())
      expect([window, [...new Set(owners)].length]).toEqual([window, 1]);
  }

  /** Who has each window that is to be kept. */
  private owners(): Map<string, string[]> {
    const owners = new Map<string, string[]>();
    for (const { state } of this.worlds)
      for (const { id, interview } of state.applications)
        if (interview) {
          const key = `${interview.interviewer}:${interview.start}`;
          owners.set(key, [...(owners.get(key) ?? []), id]);
        }
    return owners;
  }

  /** What is due leaves, by the two rules of the outbox; what leaves must still be true. */
  private deliver(): void {
    const due = this.waiting.filter(({ at }) => at <= this.now);
    this.waiting = this.waiting.filter(({ at }) => at > this.now);
    for (const { world, notify } of due) {
      const about = world.state.applications.find(({ id }) => id === notify.application);
      if (world.state.stopped && !notify.prompt) continue;
      if (notify.stages && about && !notify.stages.includes(about.stage)) continue;
      if (notify.interviewVersion !== undefined && about?.interviewVersion !== notify.interviewVersion)
        continue;
      const { key } = notify.message;
      const wanted = speaksOf[key];
      if (wanted && about)
        expect([key, wanted.includes(about.stage), about.stage]).toEqual([key, true, about.stage]);
      if (/^candidate\.reminder\.(hours|days)$/.test(key))
        expect([key, (about?.interview?.start ?? 0) > this.now]).toEqual([key, true]);
    }
  }

  /** All of them live on; whose alarm is the earliest goes first. */
  wait(milliseconds: number): void {
    const until = this.now + milliseconds;
    for (const world of this.worlds) world.settle();
    for (let rung = 0; rung < 2_000; rung += 1) {
      const next = this.worlds
        .flatMap((world) => [...world.alarms.values()].map((alarm) => ({ world, alarm })))
        .filter(({ alarm }) => alarm.due <= until)
        .sort((a, b) => a.alarm.due - b.alarm.due)[0];
      if (!next) break;
      this.at(Math.max(this.now, next.alarm.due));
      next.world.alarms.delete(next.alarm.key);
      next.world.rings(next.alarm.timer).settle();
    }
    this.at(until);
  }

  private at(now: number): void {
    // Messages leave at their own times, not when somebody happens to look.
    for (const at of [...new Set(this.waiting.map((one) => one.at))].sort((a, b) => a - b)) {
      if (at > now) break;
      this.now = Math.max(this.now, at);
      this.deliver();
    }
    this.now = now;
    for (const world of this.worlds) world.now = now;
  }
}

/** What holds of a person after every decision. */
function stands(world: World): void {
  const { state, pipelines } = world;
  const turn = new Turn(
    state,
    { id: 'look', type: 'timerDue', timer: timer() },
    world.facts(lookAt()),
    world.now,
  );
  for (const application of state.applications) {
    const { id, stage, tasks, interview, agreement } = application;
    const open = tasks.filter(({ done }) => done === undefined);
    const kinds = open.map(({ kind }) => kind);
    const where = `${id} at ${stage}: ${kinds.join()}`;
    expect([where, new Set(kinds).size]).toEqual([where, kinds.length]);
    const own = specOf(pipelines, application).task?.kind;
    // A meeting that stands may have to be moved by hand as well.
    const asked = (kind: string) =>
      stageKinds.includes(kind) && !(stage === 'interview' && kind === 'reschedule');
    for (const kind of kinds.filter(asked)) expect([where, kind]).toEqual([where, own]);
    if (isOpen(stage) && application.recruiter)
      expect([where, isInHand(turn, application)]).toEqual([where, true]);
    if (!isOpen(stage)) {
      expect([where, interview !== undefined && interview.start > world.now]).toEqual([where, false]);
      expect([where, agreement]).toEqual([where, undefined]);
    }
    for (const task of open) {
      const armed = world.alarms.has(`task:${task.id}`) || task.due <= world.now || task.passed > 0;
      expect([where, task.kind, armed]).toEqual([where, task.kind, true]);
    }
  }
}

const timer = () => ({ kind: 'relayEnd' as const, application: '', until: 0 });
const lookAt = () => ({ id: 'look', type: 'timerDue' as const, timer: timer() });

/** What a person would see of an application, for "as it was". */
const seen = ({
  undo: _undo,
  interviewVersion: _version,
  taken: _taken,
  recruiter: _recruiter,
  fields = {},
  tasks,
  ...rest
}: Application) => ({
  ...rest,
  fields,
  tasks: tasks
    .filter(({ kind, done }) => kind !== 'take' && done === undefined)
    .map(({ id, kind, member, due, stage }) => ({ id, kind, member, due, stage })),
});

type Step = (agency: Agency) => void;

/** One step of somebody: a name for the report, and what it does. */
class Command implements fc.Command<object, Agency> {
  readonly name: string;
  private readonly step: Step;
  constructor(name: string, step: Step) {
    this.name = name;
    this.step = step;
  }
  check(): boolean {
    return true;
  }
  run(_model: object, agency: Agency): void {
    this.step(agency);
  }
  toString(): string {
    return this.name;
  }
}

const command = (name: string, who: number, step: (world: World, agency: Agency) => void): Command =>
  new Command(`${name} (${who})`, (agency) => {
    const world = agency.worlds[who % people];
    if (world) step(world, agency);
  });

const applicationOf = (world: World, back: number): Application | undefined =>
  world.state.applications.at(-1 - (back % 2)) ?? world.state.applications.at(-1);

const who = fc.nat(people - 1);
const staff = fc.constantFrom('anna', 'boris', 'head');

const arrives = fc
  .tuple(who, fc.constantFrom('cook', 'driver'))
  .map(([of, to]) => command(`arrives for ${to}`, of, (world) => void world.arrives(to)));
const taps = fc.tuple(who, fc.nat(8)).map(([of, back]) =>
  command(`taps ${back} back`, of, (world) => {
    const data = world.buttons().at(-1 - back)?.data;
    if (data) world.tap(data).settle();
  }),
);
const says = fc
  .tuple(who, fc.constantFrom('да', 'нет', 'завтра в 10', 'лучше вечером', '/stop', '/status', '/human', '3'))
  .map(([of, text]) => command(`says ${text}`, of, (world) => void world.say(text).settle()));

const acts: Act[] = [
  { type: 'take' },
  { type: 'invite' },
  { type: 'reserve' },
  { type: 'refuse', reason: 'skills' },
  { type: 'blacklist', reason: 'x' },
  { type: 'move', stage: 'review' },
  { type: 'move', stage: 'call' },
  { type: 'move', stage: 'withdrawn' },
  { type: 'recordAttendance', attendance: 'came' },
  { type: 'recordAttendance', attendance: 'notWarned' },
  { type: 'cancelInterview' },
  { type: 'detach' },
];
const does = fc.tuple(who, fc.nat(1), staff, fc.constantFrom(...acts)).map(([of, back, by, act]) =>
  command(`${by}: ${JSON.stringify(act)}`, of, (world) => {
    const application = applicationOf(world, back);
    if (application) world.act(by, act, application.id);
    world.settle();
  }),
);

/** The way on: what is missing is filled, then the result is given. */
const goesOn = fc.tuple(who, staff, fc.nat(4)).map(([of, by, index]) =>
  command(`${by} gives result ${index}`, of, (world) => {
    const application = applicationOf(world, 0);
    if (!application) return;
    const { outcomes } = specOf(world.pipelines, application);
    const outcome = outcomes[index % Math.max(outcomes.length, 1)];
    if (!outcome) return;
    for (const field of outcome.needs)
      world.act(
        by,
        { type: 'setField', field, value: field.endsWith('Date') ? world.now + 3 * day : 'хорошо' },
        application.id,
      );
    world.act(by, { type: 'outcome', outcome: outcome.id }, application.id);
    world.settle();
  }),
);
const sets = fc.tuple(who, fc.nat(40)).map(([of, slot]) =>
  command(`anna sets window ${slot}`, of, (world) => {
    const start = Math.ceil((world.now + 2 * hour) / (20 * minute)) * 20 * minute + slot * 20 * minute;
    if (applicationOf(world, 0))
      world.act('anna', { type: 'setInterview', interviewer: 'anna', start, format: 'office' });
    world.settle();
  }),
);
const agrees = fc.tuple(who, fc.constantFrom('send', 'other', 'own'), fc.nat(3)).map(([of, answer, ahead]) =>
  command(`the client is asked, and answers ${answer}`, of, (world) => {
    const application = applicationOf(world, 0);
    if (!application) return;
    const starts = [1, 2].map((more) => world.now + (ahead + more) * day);
    world.act('head', { type: 'proposeWindows', starts, format: 'office' }, application.id);
    const round = applicationOf(world, 0)?.agreement?.round ?? 0;
    const own = starts.map((start) => start + hour);
    world.act('client', { type: 'answerWindows', round, answer, starts: own }, application.id);
    world.settle();
  }),
);
const handles = fc
  .tuple(who, staff, fc.constantFrom('finish', 'snooze', 'hand', 'tick'), fc.nat(2))
  .map(([of, by, verb, index]) =>
    command(`${by}: ${verb} task ${index}`, of, (world) => {
      const application = applicationOf(world, 0);
      const open = application?.tasks.filter(({ done }) => done === undefined) ?? [];
      const task = open[index % Math.max(open.length, 1)];
      if (!application || !task) return;
      const { id } = task;
      const line = taskSpec(world.pipelines, application, task)?.checklist?.[0];
      const orders: Record<typeof verb, Act> = {
        finish: { type: 'finishTask', task: id },
        snooze: { type: 'snoozeTask', task: id, until: world.now + 5 * hour },
        hand: { type: 'handTask', task: id, to: by === 'anna' ? 'boris' : 'anna' },
        tick: { type: 'tickTask', task: id, line: line ? lineHash(line) : '', on: true },
      };
      world.act(by, orders[verb], application.id);
    }),
  );

/** An act that is taken back at once leaves everything as it was, but for a window that was let go. */
const undoes = fc.tuple(who, staff, fc.constantFrom(...acts.slice(1))).map(([of, by, act]) =>
  command(`${by}: ${JSON.stringify(act)}, and back`, of, (world) => {
    const application = applicationOf(world, 0);
    if (!application || application.stage === 'refused' || application.stage === 'blacklist') return;
    const before = structuredClone(application);
    if (!world.act(by, act, application.id).ok) return;
    const after = world.state.applications.find(({ id }) => id === application.id);
    if (after?.undo?.event !== world.state.decided.at(-1)) return;
    const undone = world.act(by, { type: 'undo' }, application.id);
    if (!undone.ok) return expect(undone.code).toBe('alreadySent');
    const back = world.state.applications.find(({ id }) => id === application.id);
    const letGo = before.interview !== undefined && back?.interview === undefined;
    const asked = before.stage === 'screening' && back?.stage === 'review';
    if (!back || letGo || asked || before.agreement) return;
    expect({ act, ...seen(back) }).toEqual({ act, ...seen(before) });
  }),
);
const waits = fc
  .constantFrom(minute, 20 * minute, hour, 3 * hour, 12 * hour, day, 3 * day, 10 * day)
  .map(
    (time) =>
      new Command(
        `${time / hour} h pass`,
        (agency) => void (agency.now < morning + quarter && agency.wait(time)),
      ),
  );

const commands = fc.commands(
  [taps, taps, waits, goesOn, arrives, says, does, sets, agrees, handles, undoes, goesOn, taps],
  {
    maxCommands: 120,
    size: 'max',
  },
);

describe('a quarter of the agency’s life', () => {
  test('[P-07] [P-21] [B-05] one owner per window, no message without its reason, each task once, a next step for all, undo restores', () => {
    fc.assert(
      fc.property(commands, (all) => {
        fc.modelRun(() => ({ model: {}, real: new Agency() }), all);
      }),
      { numRuns: 120, seed: 20261128, interruptAfterTimeLimit: 12_000, markInterruptAsFailure: false },
    );
  }, 60_000);
});
