import { describe, expect, test } from 'vitest';
import { kindsOfCalls, specOfCall } from '../../flows/clientCalls/callKinds.ts';
import type { CallEffect, CallFacts } from '../../flows/clientCalls/callTurn.ts';
import type { CallAlarm, ClientCall, ClientCallEvent } from '../../flows/clientCalls/clientCall.ts';
import { callTask } from '../../flows/clientCalls/callTask.ts';
import { decideClientCall } from '../../flows/clientCalls/decideClientCall.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { agency, at, hour, member, minute, morning } from './factory.ts';

const start = at('2026-11-26T15:00');
const people = [
  { candidate: 'c1', application: 'a1' },
  { candidate: 'c2', application: 'a2' },
];
type Given = ClientCallEvent extends infer E
  ? E extends ClientCallEvent
    ? Omit<E, 'id' | 'by'>
    : never
  : never;

/** One call and its agency; alarms stand until they are silenced. */
class Calls {
  call: ClientCall | undefined;
  now = morning;
  facts: CallFacts = {
    members: [...agency(), member('lead', 'recruiter')],
    policy: structuredClone(defaultPolicy),
    names: { a1: 'Пётр', a2: 'Вера' },
  };
  readonly alarms = new Map<string, { due: number; what: CallAlarm; at: number }>();
  last: CallEffect[] = [];
  private count = 0;

  code(given: Given, by = 'anna'): string {
    this.count += 1;
    const event = { ...given, id: `e${this.count}`, by } as ClientCallEvent;
    const decision = decideClientCall(this.call, event, this.facts, this.now, 'k');
    this.last = decision.ok ? decision.effects : [];
    if (!decision.ok) return decision.code;
    this.call = decision.call;
    for (const effect of decision.effects) {
      if (effect.type === 'cancel') this.alarms.delete(effect.key);
      if (effect.type === 'schedule' && effect.timer.kind === 'clientCall')
        this.alarms.set(effect.key, { due: effect.due, what: effect.timer.what, at: effect.timer.at });
    }
    return 'done';
  }

  /** Let the time pass. @returns what was said to whom, in order */
  until(time: number): string[] {
    const said: string[] = [];
    for (;;) {
      const [next] = [...this.alarms].sort(([, a], [, b]) => a.due - b.due);
      if (!next || next[1].due > time) break;
      const [key, { due, what, at: of }] = next;
      this.alarms.delete(key);
      this.now = due;
      this.code({ type: 'callTimerDue', what, at: of }, 'bot');
      said.push(...this.said.map((one) => `${(start - due) / minute} ${one}`));
    }
    this.now = time;
    return said;
  }

  get said(): string[] {
    return this.last.flatMap((effect) =>
      effect.type === 'notify' ? [`${Object.values(effect.to)[0]} ${effect.message.key}`] : [],
    );
  }

  get passed() {
    return this.last.flatMap((effect) => (effect.type === 'pass' ? [effect] : []));
  }
}

function planned(kind: ClientCall['kind'], more: Partial<Extract<Given, { type: 'planCall' }>> = {}): Calls {
  const calls = new Calls();
  const spec = specOfCall(kind);
  calls.code({
    type: 'planCall',
    kind,
    start,
    manager: 'boris',
    company: 'Ромашка',
    client: 'client',
    people: spec.people ? people : [],
    ...(spec.lead && { lead: 'lead' }),
    ...more,
  });
  return calls;
}
/** Everything a kind asks for. */
const answered = (kind: ClientCall['kind']) =>
  Object.fromEntries(specOfCall(kind).questions.map(({ id }) => [id, `про ${id}`]));

describe('planning a call with a client', () => {
  test('[C-01] everybody who takes part hears of it, with an entry for the calendar', () => {
    const calls = planned('introductory');
    expect(calls.said).toEqual([
      'boris clientCall.staff.planned',
      'client clientCall.client.planned',
      'c1 clientCall.candidate.planned',
      'c2 clientCall.candidate.planned',
      'lead clientCall.staff.planned',
    ]);
    for (const effect of calls.last)
      if (effect.type === 'notify')
        expect(effect.message.file).toMatchObject({ kind: 'ics', uid: 'call-k', sequence: 0, minutes: 30 });
  });

  test('[C-01] nobody but the staff may; a first call has no candidates; the manager is one of us', () => {
    const plan = {
      type: 'planCall' as const,
      kind: 'first' as const,
      start,
      manager: 'boris',
      company: 'Р',
      people: [],
    };
    expect(new Calls().code(plan, 'client')).toBe('notAllowed');
    expect(new Calls().code(plan, 'nobody')).toBe('notAllowed');
    expect(new Calls().code({ ...plan, people })).toBe('noPeopleHere');
    expect(new Calls().code({ ...plan, manager: 'nobody' })).toBe('noSuchMember');
    expect(new Calls().code({ type: 'cancelCall' })).toBe('noSuchCall');
    expect(new Calls().code(plan, 'api:crm')).toBe('done');
  });

  test('[C-01] one that was held already is only written up: nobody is told, nothing rings', () => {
    const calls = planned('repeat', { start: morning - hour });
    expect(calls.said).toEqual([]);
    expect(calls.alarms.size).toBe(0);
  });

  test('[A-08] moved: the calendars follow, the old reminders are silent', () => {
    const calls = planned('first');
    expect(calls.code({ type: 'moveCall', start: morning - hour })).toBe('slotInPast');
    expect(calls.code({ type: 'moveCall', start: start + hour })).toBe('done');
    expect(calls.said).toEqual(['boris clientCall.staff.moved', 'client clientCall.client.moved']);
    expect(calls.last.find((effect) => effect.type === 'notify')?.message.file).toMatchObject({
      sequence: 1,
    });
    expect(calls.until(start - minute)).toEqual([]);
    // An alarm that was on its way when the call was moved says nothing.
    calls.code({ type: 'callTimerDue', what: 'client', at: start }, 'bot');
    expect(calls.said).toEqual([]);
    expect(calls.until(start + hour)).toHaveLength(2);
  });

  test('[C-01] called off: all hear it, nothing rings any more', () => {
    const calls = planned('interview');
    calls.code({ type: 'cancelCall' });
    expect(calls.said).toContain('c1 clientCall.candidate.cancelled');
    expect(calls.until(start + 5 * hour)).toEqual([]);
    expect(calls.code({ type: 'cancelCall' })).toBe('callOver');
    expect(calls.code({ type: 'reportCall', answers: {}, people: [] })).toBe('callOver');
  });
});

describe('reminders of a call with a client', () => {
  test('[C-04] who leads the team and holds the call is told once', () => {
    const calls = planned('introductory', { manager: 'lead' });
    expect([...calls.said, ...calls.until(start)].filter((one) => one.includes('lead '))).toEqual([
      'lead clientCall.staff.planned',
      '1440 lead clientCall.staff.dayBefore',
      '20 lead clientCall.staff.soon',
    ]);
  });

  test.each([
    ['first', ['15 client clientCall.client.soon', '15 boris clientCall.staff.soon']],
    [
      'interview',
      [
        '20 c1 clientCall.candidate.soon',
        '20 c2 clientCall.candidate.soon',
        '20 boris clientCall.staff.soon',
        '15 client clientCall.client.soon',
      ],
    ],
    [
      'repeat',
      [
        '1440 client clientCall.client.dayBefore',
        '1440 c1 clientCall.candidate.dayBefore',
        '1440 c2 clientCall.candidate.dayBefore',
        '1440 boris clientCall.staff.dayBefore',
        '20 client clientCall.client.soon',
        '20 c1 clientCall.candidate.soon',
        '20 c2 clientCall.candidate.soon',
        '20 boris clientCall.staff.soon',
      ],
    ],
    [
      'introductory',
      [
        '1440 client clientCall.client.dayBefore',
        '1440 c1 clientCall.candidate.dayBefore',
        '1440 c2 clientCall.candidate.dayBefore',
        '1440 lead clientCall.staff.dayBefore',
        '1440 boris clientCall.staff.dayBefore',
        '20 client clientCall.client.soon',
        '20 c1 clientCall.candidate.soon',
        '20 c2 clientCall.candidate.soon',
        '20 lead clientCall.staff.soon',
        '20 boris clientCall.staff.soon',
      ],
    ],
  ] as const)('[C-04] %s', (kind, expected) => {
    expect(planned(kind).until(start)).toEqual(expected);
  });

  test('[C-04] no chat with the client: the manager is told to remind them', () => {
    const calls = planned('first', { client: undefined });
    expect(calls.until(start)).toEqual([
      '15 boris clientCall.staff.soon',
      '15 boris clientCall.staff.remindClient',
    ]);
  });

  test('[C-04] planned too late for a reminder: only those that are still to come', () => {
    const calls = new Calls();
    calls.now = start - 18 * minute;
    const more = { manager: 'boris', company: 'Р', client: 'client', people };
    calls.code({ type: 'planCall', kind: 'repeat', start, ...more });
    expect(calls.until(start)).toEqual([]);
  });

  test('[C-03] when it is over the manager is asked for the results, unless they are there', () => {
    expect(planned('first').until(start + 30 * minute)).toContain('-30 boris clientCall.staff.result');
    const calls = planned('first');
    calls.until(start);
    calls.now = start + 10 * minute;
    calls.code({ type: 'reportCall', answers: answered('first'), people: [] });
    expect(calls.until(start + 30 * minute)).toEqual([]);
  });
});

describe('the results of a call with a client', () => {
  test.each(kindsOfCalls)('[C-02] %s: each question of its template stands in the comment', (kind) => {
    const calls = planned(kind);
    expect(calls.code({ type: 'reportCall', answers: answered(kind), people: [] })).toBe('done');
    const report = calls.last.find(
      (effect) => effect.type === 'notify' && effect.message.key === 'clientCall.report',
    );
    const text = JSON.stringify(report);
    for (const { id } of specOfCall(kind).questions) expect(text).toContain(`про ${id}`);
  });

  test('[C-02] what must be asked is; the audience is the whole world when it was not', () => {
    const calls = planned('first');
    const answers = { ...answered('first'), product: ' ' };
    expect(calls.code({ type: 'reportCall', answers, people: [] })).toBe('missing');
    const { audience: _, ...rest } = answered('first');
    calls.code({ type: 'reportCall', answers: rest, people: [] });
    expect(calls.call?.result?.answers.audience).toBe('worldwide');
  });

  test('[C-03] to the manager and the head, onto the calendar’s entry, marked', () => {
    const calls = planned('interview');
    calls.code({ type: 'reportCall', answers: {}, people: [] });
    expect(calls.said).toEqual(['boris clientCall.report', 'head clientCall.report']);
    for (const effect of calls.last)
      if (effect.type === 'notify') {
        expect(effect.message.params).toMatchObject({ mark: { key: 'clientCall.mark.freshResults' } });
        expect(effect.message.file).toMatchObject({
          uid: 'call-k',
          sequence: 1,
          notes: { key: 'clientCall.calendar.notes' },
        });
      }
  });

  test('[C-03] [C-05] onto the record of each person: a marked note, the client’s word, the terms of a hire', () => {
    const calls = planned('interview');
    const terms = {
      startDate: start + 72 * hour,
      price: 1500,
      currency: 'USD',
      contract: 'https://example.com/1',
    };
    calls.code({
      type: 'reportCall',
      answers: {},
      people: [
        { application: 'a1', summary: 'Опыт 5 лет', result: 'Понравился', verdict: 'hired', terms },
        { application: 'a2', summary: 'Волновалась', result: 'Мало опыта', verdict: 'refused' },
        { application: 'stranger', summary: 'x', result: 'y', verdict: 'hired' },
      ],
    });
    expect(calls.passed.map(({ candidate, event }) => [candidate, event])).toMatchObject([
      ['c1', { type: 'addNote', text: 'Опыт 5 лет – Понравился', mark: 'freshResults' }],
      ['c1', { type: 'setField', field: 'clientFeedback' }],
      ['c1', { type: 'setField', field: 'clientDecision', value: 'approved' }],
      ['c1', { type: 'setField', field: 'startDate' }],
      ['c1', { type: 'setField', field: 'price', value: 1500 }],
      ['c1', { type: 'setField', field: 'currency', value: 'USD' }],
      ['c1', { type: 'setField', field: 'contract' }],
      ['c2', { type: 'addNote' }],
      ['c2', { type: 'setField', field: 'clientFeedback' }],
      ['c2', { type: 'setField', field: 'clientDecision', value: 'refused' }],
    ]);
  });

  test('[C-06] what is to be sent to whom, as a check-list with a time limit', () => {
    const calls = planned('first');
    calls.code({
      type: 'reportCall',
      answers: { ...answered('first'), nextStep: 'презентация' },
      people: [],
    });
    expect(calls.call?.todo).toEqual([
      { id: 'agreed', text: 'презентация' },
      { id: 'company' },
      { id: 'pick' },
      { id: 'resumes' },
      { id: 'interview' },
    ]);
    expect(calls.call?.due).toBe(morning + 4 * hour);
    expect(calls.code({ type: 'tickTodo', todo: 'nothing', on: true })).toBe('noSuchTask');
    calls.code({ type: 'tickTodo', todo: 'pick', on: true });
    expect(calls.call?.todo[2]).toMatchObject({ id: 'pick', done: morning, by: 'anna' });
    expect(calls.until(morning + 4 * hour).map((said) => said.split(' ').slice(1).join(' '))).toEqual([
      'boris clientCall.staff.late',
      'head clientCall.staff.late',
    ]);
  });

  test('[C-06] the contract only when somebody is hired, other people when nobody was chosen; all done is not late', () => {
    const report = (verdict: 'hired' | 'refused') => {
      const calls = planned('interview');
      const list = people.map(({ application }) => ({ application, summary: '', result: '', verdict }));
      calls.code({ type: 'reportCall', answers: {}, people: list });
      return calls;
    };
    expect(report('hired').call?.todo.map(({ id }) => id)).toEqual(['asked', 'contract', 'introductory']);
    const calls = report('refused');
    expect(calls.call?.todo.map(({ id }) => id)).toEqual(['asked', 'others']);
    for (const todo of ['asked', 'others']) calls.code({ type: 'tickTodo', todo, on: true });
    expect(calls.until(start + 24 * hour)).toEqual([]);
  });
});

describe('what is to be done about a call', () => {
  const result = { at: start, by: 'anna', mark: 'results' as const, answers: {}, people: [] };
  const written = { result, due: start + hour };
  const open = { id: 'agreed' };
  test.each<[string, Partial<ClientCall>, number, ReturnType<typeof callTask>]>([
    ['before its start', {}, -1, undefined],
    ['from its start: the report', {}, 0, { what: 'report', due: start + 30 * minute, left: 0 }],
    ['called off', { cancelled: 1 }, hour, undefined],
    [
      'written up, lines open',
      { ...written, todo: [open] },
      hour,
      { what: 'followUp', due: start + hour, left: 1 },
    ],
    [
      'written up early',
      { ...written, todo: [open] },
      -hour,
      { what: 'followUp', due: start + hour, left: 1 },
    ],
    ['all ticked', { ...written, todo: [{ ...open, done: 1 }] }, hour, undefined],
    ['nothing to send', written, hour, undefined],
    ['written up, then called off', { ...written, todo: [open], cancelled: 1 }, hour, undefined],
  ])('[C-06] %s', (_name, more, after, task) => {
    const call = { start, todo: [], ...more } as unknown as ClientCall;
    expect(callTask(call, 30, start + after)).toEqual(task);
  });
});
