import { DateTime } from 'luxon';
import type { Application, Candidate } from '../../flows/candidate.ts';
import type { Format } from '../../flows/vacancy.ts';
import type { Member } from '../../flows/member.ts';
import type { Shown, VirtualTelegram } from '../telegram/virtualTelegram.ts';
import type { Random } from '../world/random.ts';
import type { Order } from '../world/staffBot.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import { makeLateStages } from './lateStages.ts';
import { phone } from './person.ts';

const minute = 60_000;
const hour = 60 * minute;

export interface Case {
  candidate: Candidate;
  application: Application;
}

/** People of a zone whose interview can be set, and a window for one of them. */
export type Wanted = (
  random: Random,
  zone: string,
) => { cases: Case[]; interviewer: string; start: number; format: string } | undefined;

/**
 * A recruiter or a head: looks at what came when at work, forgets a part of it, takes late, refuses and undoes,
 * sets interviews by hand, talks through the bot.
 */
export function makeRecruiter(deps: {
  member: Member;
  random: Random;
  time: VirtualTime;
  telegram: VirtualTelegram;
  look: (application: string) => Case | undefined;
  freeSlot: (
    found: Case,
    random: Random,
  ) => { interviewer: string; start: number; format: Format } | undefined;
  /** A group of the vacancy that is still to come. */
  group: (vacancy: string) => string | undefined;
  vacancies: string[];
}): void {
  const { member, random, time, telegram, look } = deps;
  const chat = member.telegram ?? '';
  const waiting = new Set<string>();
  let planned = false;

  const press = (application: string, order: Order) =>
    telegram.post(chat, phone.tap(chat, member.lang, `${application}|${JSON.stringify(order)}`));

  const atWork = (): boolean => {
    const local = DateTime.fromMillis(time.now(), { zone: member.zone });
    return local.weekday <= 5 && local.hour >= 10 && local.hour < 19;
  };
  /** The next look at what is waiting: soon when at work, else some time in the morning. */
  const plan = (soon: number): void => {
    if (planned) return;
    planned = true;
    time.after(soon, () => {
      planned = false;
      if (!atWork()) return plan(hour + random.around(20 * minute));
      work();
      if (waiting.size > 0) plan(random.around(90 * minute));
    });
  };
  const work = (): void => {
    for (const id of [...waiting]) {
      // Forgotten until something reminds of it.
      if (random.chance(0.05)) waiting.delete(id);
      if (random.chance(0.25)) continue;
      const found = look(id);
      if (!found || !act(id, found)) waiting.delete(id);
    }
  };

  const undoLater = (id: string): void => {
    if (random.chance(0.15)) time.after(random.around(2 * hour), () => press(id, { type: 'undo' }));
  };
  const refuse = (id: string): void => {
    press(id, { type: 'refuse', reason: random.pick(['experience', 'skills', 'salary', 'other']) });
    undoLater(id);
  };
  const putAside = (id: string): void => {
    press(id, { type: 'reserve' });
    undoLater(id);
  };

  const late = makeLateStages({ member, random, time, press, putAside });

  /** Rings them: mostly nobody answers, or asks to be called later. */
  const ring = (id: string): void => {
    press(id, { type: 'holdCall' });
    const wish = random.next();
    const again = random.pick(['later', 'morning', 'evening'] as const);
    if (wish < 0.5) press(id, { type: 'callResult', result: 'missed', again });
    else if (wish < 0.8)
      press(id, { type: 'callResult', result: 'callBack', at: time.now() + random.between(1, 30) * hour });
    else if (wish < 0.9) press(id, { type: 'callResult', result: 'skip' });
    else {
      press(id, { type: 'callResult', result: 'wrongNumber' });
      time.after(random.around(hour), () =>
        press(id, { type: 'setPhone', phone: `+7916${random.between(1_000_000, 9_999_999)}` }),
      );
    }
  };
  /** @returns false when there is no group to ask them into */
  const gather = (id: string, { application }: Case): boolean => {
    const group = deps.group(application.vacancy);
    if (group === undefined) return false;
    press(id, { type: random.chance(0.6) ? 'inviteToGroup' : 'addToGroup', group });
    return true;
  };

  /** @returns false when there is nothing more to do about it */
  const act = (id: string, found: Case): boolean => {
    const { application, candidate } = found;
    const { stage, interview } = application;
    const help = application.tasks.find(
      ({ kind, done }) => done === undefined && ['help', 'relay', 'undelivered'].includes(kind),
    );
    if (help && random.chance(0.7)) {
      if (candidate.relay?.member === member._id)
        press(id, random.chance(0.5) ? { type: 'relayMessage', text: 'text' } : { type: 'closeRelay' });
      else if (random.chance(0.6)) press(id, { type: 'openRelay' });
      else press(id, { type: 'finishTask', task: help.id });
      return true;
    }
    if (candidate.relay?.member === member._id && random.chance(0.5)) press(id, { type: 'closeRelay' });
    if (application.taken === undefined) {
      press(id, { type: 'take' });
      return true;
    }
    const wish = random.next();
    if (random.chance(0.03)) press(id, { type: 'addNote', text: 'text' });
    const early = stage === 'review' || stage === 'invited';
    if (early && random.chance(0.12)) ring(id);
    if (early && random.chance(0.3) && gather(id, found)) return true;
    switch (stage) {
      case 'review':
        if (wish < 0.55) press(id, { type: 'invite' });
        else if (wish < 0.8) refuse(id);
        else if (wish < 0.88) putAside(id);
        else return setInterview(id, found);
        return true;
      case 'invited':
        if (wish < 0.3) return setInterview(id, found);
        if (wish < 0.36) refuse(id);
        return application.tasks.some(({ done }) => done === undefined);
      case 'interview':
        if (!interview) return false;
        if (interview.start > time.now()) {
          if (wish < 0.02) press(id, { type: 'cancelInterview' });
          else if (wish < 0.05) return setInterview(id, found);
          return false;
        }
        press(id, {
          type: 'recordAttendance',
          attendance: wish < 0.75 ? 'came' : wish < 0.88 ? 'warned' : 'notWarned',
        });
        return true;
      case 'decision':
        if (interview?.attendance === 'notWarned' && wish < 0.6) {
          press(id, { type: 'blacklist', reason: 'noShow' });
          undoLater(id);
        } else if (interview?.attendance === 'warned' && wish < 0.5) press(id, { type: 'invite' });
        else if (wish < 0.55) press(id, { type: 'judgePortrait', fits: true });
        else if (wish < 0.9) refuse(id);
        else putAside(id);
        return true;
      case 'reserve':
        if (wish < 0.3) press(id, { type: 'offerVacancy', vacancy: random.pick(deps.vacancies) });
        else if (wish < 0.34) press(id, { type: 'move', stage: 'review' });
        return false;
      case 'refused':
      case 'blacklist':
      case 'withdrawn':
        if (wish < 0.04) press(id, { type: 'move', stage: 'review' });
        return false;
      case 'screening':
        return application.tasks.some(({ done }) => done === undefined);
      default:
        return late(id, application);
    }
  };
  const setInterview = (id: string, found: Case): boolean => {
    const slot = deps.freeSlot(found, random);
    if (slot) press(id, { type: 'setInterview', ...slot });
    return slot !== undefined;
  };

  telegram.read(chat, (message: Shown) => {
    for (const data of message.data) {
      const application = data.split(':')[2];
      if (application) waiting.add(application);
    }
    plan(5_000 + random.around(random.chance(0.2) ? 3 * hour : 10 * minute));
  });
}
