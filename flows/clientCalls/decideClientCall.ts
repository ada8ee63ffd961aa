import type { RefusalCode } from '../facts.ts';
import { isService } from '../isService.ts';
import { type CallKind, specOfCall } from './callKinds.ts';
import { type CallEffect, type CallFacts, CallTurn } from './callTurn.ts';
import type { CallAlarm, ClientCall, ClientCallEvent } from './clientCall.ts';
import { reportCall } from './reportCall.ts';
import { headsOf } from '../headsOf.ts';

/** What came of a decision about a call. */
export type CallDecision =
  { ok: true; call: ClientCall; effects: CallEffect[] } | { ok: false; code: RefusalCode };

type Of<T extends ClientCallEvent['type']> = Extract<ClientCallEvent, { type: T }>;

const remembered = 30;
const reminders: CallAlarm[] = ['day', 'people', 'client', 'result'];

/**
 * What an event does to a call with a client. Pure, as `decide` is for candidates.
 *
 * @param call undefined when the event plans a new one
 */
export function decideClientCall(
  call: ClientCall | undefined,
  event: ClientCallEvent,
  facts: CallFacts,
  now: number,
  id: string,
): CallDecision {
  const by = facts.members.find(({ _id }) => _id === event.by);
  if (by ? !by.active || by.role === 'client' : !isService(event.by))
    return { ok: false, code: 'notAllowed' };
  const draft = call ?? (event.type === 'planCall' ? blank(event, now, id) : undefined);
  if (!draft) return { ok: false, code: 'noSuchCall' };
  const turn = new CallTurn(draft, event, facts, now);
  const code = apply(turn, event);
  if (code) return { ok: false, code };
  turn.call.version = draft.version + 1;
  turn.call.decided = [...draft.decided, event.id].slice(-remembered);
  turn.call.outbox = turn.effects;
  return { ok: true, call: turn.call, effects: turn.effects };
}

function apply(turn: CallTurn, event: ClientCallEvent): RefusalCode | undefined {
  const { call } = turn;
  if (event.type === 'callTimerDue') return rings(turn, event);
  if (event.type === 'tickTodo') return tick(turn, event);
  if (call.cancelled !== undefined) return 'callOver';
  switch (event.type) {
    case 'planCall':
      return plan(turn, event);
    case 'moveCall':
      return move(turn, event);
    case 'cancelCall':
      return cancel(turn);
    case 'reportCall':
      return reportCall(turn, event);
    default:
      return undefined;
  }
}

function plan(turn: CallTurn, { people, kind, start }: Of<'planCall'>): RefusalCode | undefined {
  if (!turn.member(turn.call.manager)) return 'noSuchMember';
  if (people.length > 0 && !specOfCall(kind).people) return 'noPeopleHere';
  turn.fact('clientCallPlanned', turn.params());
  // One that was held already is only written up.
  if (start <= turn.now) return undefined;
  tellAll(turn, 'planned', false);
  arm(turn);
  return undefined;
}

function move(turn: CallTurn, { start }: Of<'moveCall'>): RefusalCode | undefined {
  const { call } = turn;
  if (call.result) return 'callOver';
  if (start <= turn.now) return 'slotInPast';
  call.start = start;
  call.moves += 1;
  turn.fact('clientCallMoved', turn.params());
  tellAll(turn, 'moved', false);
  for (const what of reminders) turn.silence(what);
  arm(turn);
  return undefined;
}

function cancel(turn: CallTurn): RefusalCode | undefined {
  const { call } = turn;
  if (call.result) return 'callOver';
  call.cancelled = turn.now;
  call.moves += 1;
  turn.fact('clientCallCancelled', turn.params());
  if (call.start > turn.now) tellAll(turn, 'cancelled', true);
  for (const what of reminders) turn.silence(what);
  return undefined;
}

function tellAll(turn: CallTurn, what: string, cancelled: boolean): void {
  for (const side of turn.sides()) turn.tellSide(side, what, { file: turn.calendar(cancelled) });
}

/** Every reminder of the kind that is still to come, and the question for the result when the call ends. */
function arm(turn: CallTurn): void {
  const { clientCalls } = turn.facts.policy;
  const { start, kind } = turn.call;
  const before = {
    day: clientCalls.dayHours * 60,
    people: clientCalls.peopleMinutes,
    client: clientCalls.clientMinutes,
  };
  const set = new Map<CallAlarm, number>();
  for (const { what } of specOfCall(kind).reminders) set.set(what, start - before[what] * 60_000);
  set.set('result', start + clientCalls.minutes * 60_000);
  for (const [what, due] of set) {
    if (due <= turn.now) continue;
    drop(turn, what);
    turn.alarm(what, due);
  }
}

/** One order for an alarm in one decision, the last: publishing may be repeated. */
function drop(turn: CallTurn, what: CallAlarm): void {
  const key = `clientCall:${what}:${turn.call._id}`;
  const at = turn.effects.findIndex((effect) => effect.type === 'cancel' && effect.key === key);
  if (at >= 0) turn.effects.splice(at, 1);
}

/** An alarm rang: does its reason still stand? */
function rings(turn: CallTurn, { what, at }: Of<'callTimerDue'>): undefined {
  const { call } = turn;
  if (call.start !== at || call.cancelled !== undefined) return undefined;
  if (what === 'followUp') return late(turn);
  if (call.result) return undefined;
  if (what === 'result') {
    const report = { label: { key: 'clientCall.button.report' }, data: `cc:report:${call._id}` };
    turn.tell(call.manager, {
      key: 'clientCall.staff.result',
      params: turn.params(),
      buttons: [[{ ...report, style: 'primary' }]],
    });
    return undefined;
  }
  const reminds = { call: call._id, start: at };
  const sides = specOfCall(call.kind).reminders.find((one) => one.what === what)?.to ?? [];
  for (const side of sides)
    if (turn.sides().includes(side))
      turn.tellSide(side, what === 'day' ? 'dayBefore' : 'soon', { reminds, prompt: what !== 'day' });
  // No chat with the client: their reminder is a human's.
  if (sides.includes('client') && !turn.member(call.client))
    turn.tell(call.manager, { key: 'clientCall.staff.remindClient', params: turn.params() });
  return undefined;
}

/** What was to be sent has not been: the manager and the head are told. */
function late(turn: CallTurn): undefined {
  const left = turn.call.todo.filter(({ done }) => done === undefined).length;
  if (left === 0) return undefined;
  const heads = headsOf(turn.facts.members).map(({ _id }) => _id);
  for (const to of new Set([turn.call.manager, ...heads]))
    turn.tell(to, { key: 'clientCall.staff.late', params: { ...turn.params(), left }, buttons: turn.open() });
  return undefined;
}

function tick(turn: CallTurn, { todo, on, by }: Of<'tickTodo'>): RefusalCode | undefined {
  const line = turn.call.todo.find(({ id }) => id === todo);
  if (!line) return 'noSuchTask';
  if (on) Object.assign(line, { done: turn.now, by });
  else {
    delete line.done;
    delete line.by;
  }
  if (turn.call.todo.every(({ done }) => done !== undefined)) turn.silence('followUp');
  return undefined;
}

function blank(event: Of<'planCall'>, now: number, _id: string): ClientCall {
  const { kind, start, manager, company, client, people, lead, by } = event;
  return {
    _id,
    version: 0,
    kind: kind satisfies CallKind,
    start,
    manager,
    company,
    ...(client && { client }),
    people,
    ...(lead && { lead }),
    moves: 0,
    todo: [],
    createdAt: now,
    by,
    decided: [],
    outbox: [],
  };
}
