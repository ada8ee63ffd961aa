import type { Application, Offer } from '../candidate.ts';
import type { Button } from '../effect.ts';
import type { SlotAnswer, StaffCommand, WindowsHeld } from '../event.ts';
import type { Refused } from '../staffCommand.ts';
import type { Turn } from '../turn.ts';
import { freeOf } from '../freeOf.ts';
import { afterQuiet } from '../quietHours.ts';
import { groupParams } from '../groups/groupParams.ts';
import { placeInGroupLine } from '../groups/placeInGroupLine.ts';
import { groupOfSeat } from '../groups/seat.ts';
import { neverAgain } from './neverAgain.ts';
import { saidYesOrNo } from './saidYesOrNo.ts';
import { offerUntil, placeInLine } from './placeInLine.ts';

/** A freed window goes to the next in the line: it is kept for them first, and told when it really is. */
export function offerWindow(
  turn: Turn,
  application: Application,
  { interviewer, start }: Extract<StaffCommand, { type: 'offerWindow' }>,
): Refused {
  const { policy } = turn.facts;
  const window = { interviewer, start };
  const until = offerUntil(turn.now, start, turn.state.zone, policy);
  const group = turn.group(groupOfSeat(interviewer));
  const placeOf = group ? placeInGroupLine : placeInLine;
  const place = placeOf(turn.state, application, window, policy, turn.now);
  if (typeof place === 'string' || until === undefined)
    return { code: 'wrongStage', params: { stage: turn.stageName(application) } };
  const formats = turn.vacancy(application.vacancy)?.formats ?? [];
  const usual = application.interview?.format ?? application.waiting?.format ?? formats[0] ?? 'phone';
  const format = group?.format ?? usual;
  const free = group ? (turn.facts.free[group._id] ?? []) : freeOf(turn, application, format);
  if (!free.some((one) => one.interviewer === interviewer && one.start === start))
    return { code: 'slotTaken' };
  application.offer = { ...window, format, until };
  hold(turn, application, application.offer);
  return undefined;
}

/** The window is kept for them: now they are asked. @returns false when no offer waits for this answer */
export function offerHeld(turn: Turn, { application: id, starts }: WindowsHeld): boolean {
  const application = turn.application(id);
  const offer = application?.offer;
  if (!application || !offer) return false;
  if (!starts.includes(offer.start)) {
    if (offer.asked === undefined) delete application.offer;
    else close(turn, application, 'line.gone');
    return true;
  }
  if (offer.asked !== undefined) return true;
  offer.asked = turn.now;
  arm(turn, application, offer);
  turn.fact('windowOffered', application.id, undefined, { when: { at: offer.start, as: 'dateTime' } });
  ask(turn, application, offer);
  return true;
}

/** They answered with a button. @returns false when that offer is over */
export function answerOffer(turn: Turn, application: Application, start: number, answer: string): boolean {
  const { offer } = application;
  if (offer?.start !== start || offer.asked === undefined) return false;
  if (answer === 'yes') {
    const { interviewer, format } = offer;
    turn.book(application, { interviewer, start, format });
    return true;
  }
  const seat = leaveSeat(turn, application, offer);
  if (answer === 'leave') delete application.waiting;
  turn.fact('offerDeclined', application.id, 'candidate', { when: { at: start, as: 'dateTime' } });
  passOn(turn, application, application.waiting ? 'line.declined' : seat ? 'line.over' : 'line.left');
  return true;
}

/** They answered in words, and were asked nothing else. @returns whether it was an answer to an offer */
export function answerOfferText(turn: Turn, text: string): boolean {
  const application = turn.state.applications.find(({ offer }) => offer?.asked !== undefined);
  if (!application?.offer) return false;
  const answer = saidYesOrNo(turn, text);
  return answer !== undefined && answerOffer(turn, application, application.offer.start, answer);
}

/** Whoever does not take a place of a group waits for none any more: the next one would be the same. */
function leaveSeat(turn: Turn, application: Application, { interviewer }: Offer): boolean {
  if (groupOfSeat(interviewer) === undefined) return false;
  if (application.group) application.group = { ...application.group, state: 'declined', at: turn.now };
  return true;
}

/** The time to answer is over: the window goes on to the next. Never at night: then it is kept until morning. */
export function offerEnds(turn: Turn, application: Application, start: number): void {
  const { offer } = application;
  if (offer?.start !== start || offer.asked === undefined) return;
  const morning = afterQuiet(turn.now, turn.state.zone, turn.facts.policy.quiet);
  if (morning > turn.now) {
    offer.until = morning;
    hold(turn, application, offer);
    return arm(turn, application, offer);
  }
  leaveSeat(turn, application, offer);
  turn.fact('offerSilent', application.id, undefined, { when: { at: start, as: 'dateTime' } });
  passOn(turn, application, application.waiting ? 'line.silent' : 'line.over');
}

/** They have a time now, by the offer or otherwise: the line is over for them. */
export function lineEnds(turn: Turn, application: Application, interviewer: string, start: number): void {
  const { offer } = application;
  delete application.waiting;
  if (!offer) return;
  if (offer.interviewer === interviewer && offer.start === start)
    return close(turn, application, 'line.taken');
  passOn(turn, application, 'line.otherBooked');
}

/** Somebody was faster, which only a hold that ran out allows. @returns whether it was about the offer */
export function offerGone(turn: Turn, application: Application, { start }: SlotAnswer): boolean {
  if (application.offer?.start !== start) return false;
  close(turn, application, application.waiting ? 'line.gone' : 'line.over');
  return true;
}

/** The offer is over; its window is free for the next, or for anybody. */
export function passOn(turn: Turn, application: Application, key: string): void {
  const { offer } = application;
  if (!offer) return;
  const { interviewer, start } = offer;
  turn.release(application, interviewer, start);
  close(turn, application, key);
}

/** The offer stands no more: what was asked says so in its place, without buttons. */
function close(turn: Turn, application: Application, key: string): void {
  const { offer } = application;
  if (!offer) return;
  delete application.offer;
  neverAgain(application, offer);
  turn.cancel(`offer:${application.id}`);
  if (offer.asked === undefined) return;
  const when = { at: offer.start, as: 'dateTime' as const };
  const params = { vacancy: turn.title(application), when };
  turn.say(key, params, [], { application: application.id, place: messageOf(application, offer) });
}

function hold(turn: Turn, application: Application, { interviewer, start, until }: Offer): void {
  turn.effects.push({
    type: 'hold',
    key: `${turn.event.id}:${turn.id()}`,
    application: application.id,
    interviewer,
    starts: [start],
    until,
  });
}

function arm(turn: Turn, application: Application, { start, until }: Offer): void {
  const timer = { kind: 'offerEnd' as const, application: application.id, start };
  turn.schedule(`offer:${application.id}`, until, timer);
}

function ask(turn: Turn, application: Application, offer: Offer): void {
  const { interview, waiting } = application;
  const group = turn.group(groupOfSeat(offer.interviewer));
  const data = (answer: string) => `w:${application.id}:${(offer.start / 60_000).toString(36)}:${answer}`;
  const rows: Button[][] = [
    [{ label: { key: 'line.button.yes' }, data: data('yes'), style: 'success' }],
    [{ label: { key: 'line.button.no' }, data: data('no') }],
    ...(waiting ? [[{ label: { key: 'line.button.leave' }, data: data('leave') }]] : []),
  ];
  turn.say(
    group ? 'group.freed' : interview ? 'line.offerEarlier' : 'line.offer',
    {
      ...(group && groupParams(turn, group)),
      vacancy: turn.title(application),
      when: { at: offer.start, as: 'dateTime' },
      ...(!group && { format: { key: `candidate.formatWithin.${offer.format}` } }),
      until: { at: offer.until, as: 'time' },
      ...(interview && { now: { at: interview.start, as: 'dateTime' as const } }),
    },
    rows,
    {
      prompt: false,
      application: application.id,
      place: messageOf(application, offer),
      anew: true,
      ...(!group && { stages: ['invited' as const, 'interview' as const] }),
    },
  );
}

function messageOf(application: Application, { start }: Offer): string {
  return `offer:${application.id}:${start}`;
}
