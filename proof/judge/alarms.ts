import type { Candidate } from '../../flows/candidate.ts';
import type { ClientCall } from '../../flows/clientCalls/clientCall.ts';
import type { TimerRow } from '../../models/rows.ts';
import type { Outages } from '../world/outages.ts';
import { isUntold } from '../world/refusals.ts';
import type { Verdict } from './verdict.ts';

const lateness = 60_000;

/** Alarms are heard in time, and every open task, every refusal to be told and every call that is not written up has one. */
export interface AlarmWatch {
  row(before: TimerRow | undefined, after: TimerRow): void;
  sweep(
    people: Iterable<Candidate>,
    calls: Iterable<ClientCall>,
    timer: (key: string) => TimerRow | undefined,
  ): void;
}

export function makeAlarmWatch(machineNow: () => number, outages: Outages, verdict: Verdict): AlarmWatch {
  const check = ({ _id, due }: TimerRow, what: string): void => {
    const now = machineNow();
    const late = now - due - outages.within(due, now);
    if (late > lateness) verdict.report('sla', `${_id} ${what} ${late} ms late`);
  };
  return {
    row: (before, after) => {
      if (before?.status === 'armed' && after.status === 'fired') {
        if (machineNow() < after.due)
          verdict.report('early', `alarm ${after._id} rang ${after.due - machineNow()} ms early`);
        check(after, 'rang');
      }
    },
    sweep: (people, calls, timer) => {
      const needed = (key: string, what: string): void => {
        const alarm = timer(key);
        if (!alarm || alarm.status === 'cancelled') verdict.report('sla', `${what} has no alarm`);
        else if (alarm.status === 'armed') check(alarm, 'not heard,');
      };
      for (const { applications } of people) {
        for (const application of applications) {
          for (const task of application.tasks)
            if (task.done === undefined) needed(`task:${task.id}`, `task ${task.kind} ${task.id}`);
          if (isUntold(application)) needed(`refusal:${application.id}`, `refusal ${application.id}`);
        }
      }
      for (const { _id, cancelled, result, todo } of calls) {
        if (cancelled !== undefined) continue;
        const open = todo.some(({ done }) => done === undefined);
        if (!result || open) needed(`clientCall:${result ? 'followUp' : 'result'}:${_id}`, `call ${_id}`);
      }
    },
  };
}
