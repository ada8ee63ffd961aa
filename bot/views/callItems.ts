import type { ClientCall } from '../../flows/clientCalls/clientCall.ts';
import type { CallTask } from '../../flows/clientCalls/callTask.ts';
import type { Param } from '../../flows/effect.ts';
import type { Member } from '../../flows/member.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Database } from '../../models/database.ts';
import { readCallTasks } from '../../models/readCallTasks.ts';
import type { Speech } from '../speech.ts';

/** A call with a client as a line of `/today`. */
export interface CallItem {
  at: number;
  kind: 'interview' | 'task' | 'late';
  data: string;
  line: string;
}

/** The calls of a day (the head's: everybody's) at their time, and what is to be done about any. */
export async function callItems(
  deps: { db: Database; policy: Policy },
  said: Speech,
  member: Member,
  [from, until, now]: [number, number, number],
): Promise<CallItem[]> {
  const { db, policy } = deps;
  const mine = ({ manager, lead }: ClientCall) =>
    member.role === 'head' || manager === member._id || lead === member._id;
  const [held, owed] = await Promise.all([
    db.clientCalls.find({ cancelled: { $exists: false }, start: { $gte: from, $lt: until } }).toArray(),
    readCallTasks(db, policy, now),
  ]);
  return [
    ...held.filter(mine).map((call): CallItem => {
      const params = { ...callParams(call), time: { at: call.start, as: 'time' as const } };
      const key = call.result ? 'clientCall.today.held' : 'clientCall.today.line';
      return { at: call.start, kind: 'interview', data: openCall(call), line: said.text(key, params) };
    }),
    ...owed
      .filter(({ call, task }) => task.due < until && (member.role === 'head' || call.manager === member._id))
      .map(({ call, task }) => owedItem(said, call, task, now)),
  ];
}

function owedItem(said: Speech, call: ClientCall, task: CallTask, now: number): CallItem {
  const late = task.due < now;
  const time = { at: task.due, as: late ? ('dateTime' as const) : ('time' as const) };
  const line = said.text(late ? 'clientCall.today.late' : 'clientCall.today.task', {
    ...callParams(call),
    time,
    task: callTaskName(task),
  });
  return { at: task.due, kind: late ? 'late' : 'task', data: openCall(call), line };
}

/** What is to be done about a call, in words. */
export function callTaskName({ what, left }: CallTask): Param {
  return { key: `clientCall.task.${what}`, params: { left } };
}

/** Which call it is. */
export function callParams({ kind, company }: ClientCall) {
  return { kind: { key: `clientCall.kind.${kind}` }, company: company.slice(0, 60) };
}

/** The button that opens a call. */
export function openCall({ _id }: Pick<ClientCall, '_id'>): string {
  return `cc:open:${_id}`;
}
