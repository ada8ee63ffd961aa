import { DateTime } from 'luxon';
import type { Application } from '../../flows/candidate.ts';
import type { Member } from '../../flows/member.ts';
import type { FieldId } from '../../flows/pipelines/fields.ts';
import type { Random } from '../world/random.ts';
import type { Order } from '../world/staffBot.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import { someWindows } from './someWindows.ts';

/** The stages from the client's interview to the end of probation. */
export type LateStages = (id: string, application: Application) => boolean;

/**
 * What a recruiter does after the agency's own yes: proposes windows and answers for a client who does not, puts down
 * what a client never said, moves first days, dismisses.
 *
 * @returns of each look: false when there is nothing more to do about it now
 */
export function makeLateStages(deps: {
  member: Member;
  random: Random;
  time: VirtualTime;
  press: (application: string, order: Order) => void;
  putAside: (application: string) => void;
}): LateStages {
  const { member, random, time, press, putAside } = deps;
  const outcome = (id: string, name: string): true => {
    press(id, { type: 'outcome', outcome: name });
    return true;
  };
  const dayIn = (days: number): number =>
    DateTime.fromMillis(time.now(), { zone: member.zone }).startOf('day').plus({ days }).toMillis();
  const putDown = (id: string, field: FieldId): void => {
    const value = field.endsWith('Date') || field === 'dismissedAt' ? dayIn(random.between(1, 9)) : 'text';
    press(id, { type: 'setField', field, value });
  };
  /** Puts down what is wanted and not known yet, one by one. @returns whether anything was lacking */
  const lacks = (id: string, { fields = {} }: Application, wanted: FieldId[]): boolean => {
    const [first] = wanted.filter((field) => !fields[field]);
    if (first && random.chance(0.4)) putDown(id, first);
    return first !== undefined;
  };

  const agree = (id: string, { agreement }: Application): boolean => {
    const wish = random.next();
    if (agreement?.waitsFor === 'candidate') return false;
    if (agreement && wish < 0.8) {
      const { round } = agreement;
      if (wish < 0.25) press(id, { type: 'answerWindows', round, answer: 'send' });
      return true;
    }
    if (wish < 0.84) {
      const starts = someWindows(time.now(), member.zone, random);
      press(id, { type: 'proposeWindows', starts, format: random.pick(['office', 'zoom']) });
      if (random.chance(0.1)) time.after(random.between(5_000, 90_000), () => press(id, { type: 'undo' }));
    } else if (wish < 0.9) outcome(id, 'approvedUnseen');
    else if (wish < 0.96) outcome(id, 'clientRefused');
    else putAside(id);
    return true;
  };

  const meet = (id: string, application: Application): boolean => {
    const { interview, fields } = application;
    const wish = random.next();
    if (!interview) return outcome(id, 'agree');
    if (interview.start > time.now()) {
      if (wish < 0.03) press(id, { type: 'cancelInterview' });
      else if (wish < 0.06) outcome(id, 'agree');
      return false;
    }
    if (interview.attendance === undefined) {
      const attendance = wish < 0.8 ? 'came' : wish < 0.9 ? 'warned' : 'notWarned';
      press(id, { type: 'recordAttendance', attendance });
      return true;
    }
    if (interview.attendance !== 'came')
      return wish < 0.85 ? outcome(id, wish < 0.5 ? 'agree' : 'clientRefused') : (putAside(id), true);
    if (fields?.clientDecision?.value === 'refused' || wish < 0.05) return outcome(id, 'clientRefused');
    return lacks(id, application, ['clientFeedback', 'candidateFeedback']) || outcome(id, 'approved');
  };

  const offer = (id: string, application: Application): boolean => {
    if (lacks(id, application, ['offerDate', 'startDate'])) return true;
    if (random.chance(0.08)) putAside(id);
    else outcome(id, random.chance(0.9) ? 'accepted' : 'refuse');
    return true;
  };

  const start = (id: string, application: Application): boolean => {
    const startDate = Number(application.fields?.startDate?.value ?? 0);
    if (startDate > time.now()) {
      if (random.chance(0.05)) putDown(id, 'startDate');
      return false;
    }
    return (
      lacks(id, application, ['firstDayClient', 'firstDayCandidate']) ||
      outcome(id, random.chance(0.85) ? 'works' : 'worksNot')
    );
  };

  const work = (id: string, application: Application): boolean => {
    if (random.chance(0.05)) {
      putDown(id, 'dismissedAt');
      putDown(id, 'dismissReason');
      return outcome(id, 'dismissed');
    }
    if (!application.tasks.some(({ done }) => done === undefined)) return false;
    return lacks(id, application, ['assessment']) || outcome(id, 'probationPassed');
  };

  const table: Partial<Record<string, LateStages>> = {
    agreeing: agree,
    clientInterview: meet,
    offer,
    starting: start,
    work,
  };
  return (id, application) => table[application.stage]?.(id, application) ?? false;
}
