import type { Param } from '../effect.ts';
import type { RefusalCode } from '../facts.ts';
import type { CallTurn } from './callTurn.ts';
import { specOfCall } from './callKinds.ts';
import type { ClientCall, ClientCallEvent, PersonReport, Todo } from './clientCall.ts';
import { headsOf } from '../headsOf.ts';

type Given = Extract<ClientCallEvent, { type: 'reportCall' }>;

/**
 * A call is written up: the comment goes to its manager and the head, onto the calendar's entry, and to the people it
 * was about; what is to be sent afterwards becomes a check-list with a time limit.
 */
export function reportCall(turn: CallTurn, { by, answers, people }: Given): RefusalCode | undefined {
  const { call, now, facts } = turn;
  const spec = specOfCall(call.kind);
  if (spec.questions.some(({ id, required }) => required && !answers[id]?.trim())) return 'missing';
  const known = people.filter(({ application }) =>
    call.people.some((one) => one.application === application),
  );
  const usual = spec.questions.flatMap(({ id, usual: value }) => (value ? [[id, value] as const] : []));
  call.result = {
    at: now,
    by,
    mark: spec.mark,
    answers: { ...Object.fromEntries(usual), ...answers },
    people: known,
  };
  call.moves += 1;
  call.todo = todoOf(call);
  call.due = turn.workingTime(facts.policy.clientCalls.followUpMinutes);
  turn.silence('result');
  turn.alarm('followUp', call.due);
  const params = {
    ...turn.params(),
    lines: reportLines(call, facts.names),
    mark: { key: `clientCall.mark.${spec.mark}` },
  };
  turn.fact('clientCallReported', params);
  const file = turn.calendar(false, { key: 'clientCall.calendar.notes', params });
  const heads = headsOf(facts.members).map(({ _id }) => _id);
  for (const to of new Set([call.manager, ...heads]))
    turn.tell(to, { key: 'clientCall.report', params, buttons: turn.open(), file });
  for (const person of known) keep(turn, person, by);
  return undefined;
}

/** The comment by its template, a line each. What was skipped is left out. */
export function reportLines(call: ClientCall, names: Record<string, string>): { lines: Param[] } {
  const { result, kind } = call;
  const line = (id: string, value: Param): Param => ({
    key: 'clientCall.line',
    params: { label: { key: `clientCall.field.${id}` }, value },
  });
  const answers = specOfCall(kind).questions.flatMap(({ id }) => {
    const value = result?.answers[id]?.trim();
    return value ? [line(id, value)] : [];
  });
  const people = (result?.people ?? []).map(({ application, summary, result: said, verdict }): Param => ({
    key: 'clientCall.person',
    params: {
      name: names[application] ?? '—',
      id: application,
      summary: summary || '—',
      result: said || '—',
      verdict: { key: `clientCall.verdict.${verdict}` },
    },
  }));
  return {
    lines: [
      ...(kind === 'first' ? [line('company', call.company)] : []),
      ...(people.length > 0 ? [{ key: 'clientCall.interviewed' }, ...people] : []),
      ...answers,
    ],
  };
}

/** What is to be sent or done: what its kind always asks for, and what was agreed in words. */
function todoOf({ kind, result, people }: ClientCall): Todo[] {
  const hired = result?.people.some(({ verdict }) => verdict === 'hired') === true;
  const nobody = people.length > 0 && result?.people.every(({ verdict }) => verdict === 'refused') === true;
  return specOfCall(kind)
    .todo.filter(({ when }) => when === undefined || (when === 'hired' ? hired : nobody))
    .map(({ id }) => {
      const text =
        id === 'agreed' ? result?.answers.nextStep : id === 'asked' ? result?.answers.asked : undefined;
      return { id, ...(text?.trim() && { text: text.trim() }) };
    });
}

/** Onto the person's own record: the comment as a marked note, the client's word, and the terms of a hire. */
function keep(turn: CallTurn, person: PersonReport, by: string): void {
  const { application, summary, result, verdict, terms } = person;
  const candidate = turn.call.people.find((one) => one.application === application)?.candidate;
  if (candidate === undefined) return;
  const { mark } = specOfCall(turn.call.kind);
  const text = [summary, result].filter(Boolean).join(' \u2013 ');
  const base = { application, by };
  if (text) turn.pass(candidate, { ...base, type: 'addNote', text, mark });
  if (result) turn.pass(candidate, { ...base, type: 'setField', field: 'clientFeedback', value: result });
  if (verdict !== 'open')
    turn.pass(candidate, {
      ...base,
      type: 'setField',
      field: 'clientDecision',
      value: verdict === 'refused' ? 'refused' : 'approved',
    });
  for (const field of ['startDate', 'price', 'currency', 'contract'] as const) {
    const value = terms?.[field];
    if (value !== undefined && value !== '')
      turn.pass(candidate, { ...base, type: 'setField', field, value });
  }
}
