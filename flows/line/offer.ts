import type { Application, Offer } from '../candidate.ts';
import type { Button } from '../effect.ts';
import type { SlotAnswer, StaffCommand, WindowsHeld } from '../event.ts';
import type { Refused } from '../staffCommand.ts';
import type { Turn } from '../turn.ts';
import { freeOf } from '../freeOf.ts';
import { afterQuiet } from '../quietHours.ts';
import { neverAgain } from './neverAgain.ts';
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
  const place = placeInLine(turn.state, application, window, policy, turn.now);
  if (typeof place === 'string' || until === undefined)
    return { code: 'wrongStage', params: { stage: turn.stageName(application) } };
  const formats = turn.vacancy(application.vacancy)?.formats ?? [];
  const format = application.interview?.format ?? application.waiting?.format ?? formats[0] ?? 'phone';
  if (
    !freeOf(turn, application, format).some(
      (free) => free.interviewer === interviewer && free.start === start,
    )
  )
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
    turn.effects.push({
      type: 'book',
      key: `${turn.event.id}:${turn.id()}`,
      application: application.id,
      interviewer,
      start,
      format,
    });
    return true;
  }
  if (answer === 'leave') delete application.waiting;
  turn.fact('offerDeclined', application.id, 'candidate', { when: { at: start, as: 'dateTime' } });
  passOn(turn, application, application.waiting ? 'line.declined' : 'line.left');
  return true;
}

/** They answered in words, and were asked nothing else. @returns whether it was an answer to an offer */
export function answerOfferText(turn: Turn, text: string): boolean {
  const application = turn.state.applications.find(({ offer }) => offer?.asked !== undefined);
  if (!application?.offer) return false;
  const said = text.trim().toLowerCase();
  const lexicons = Object.values(turn.facts.lexicon);
  const answer = lexicons.some(({ yes }) => yes.includes(said))
    ? 'yes'
    : lexicons.some(({ no }) => no.includes(said))
      ? 'no'
      : undefined;
  return answer !== undefined && answerOffer(turn, application, application.offer.start, answer);
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
  turn.effects.push({
    type: 'release',
    key: `${turn.event.id}:${turn.id()}`,
    application: application.id,
    interviewer,
    start,
  });
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
  turn.say(key, params, [], { application: application.id, place: placeOf(application, offer) });
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
  const data = (answer: string) => `w:${application.id}:${(offer.start / 60_000).toString(36)}:${answer}`;
  const rows: Button[][] = [
    [{ label: { key: 'line.button.yes' }, data: data('yes'), style: 'success' }],
    [{ label: { key: 'line.button.no' }, data: data('no') }],
    ...(waiting ? [[{ label: { key: 'line.button.leave' }, data: data('leave') }]] : []),
  ];
  turn.say(
    interview ? 'line.offerEarlier' : 'line.offer',
    {
      vacancy: turn.title(application),
      when: { at: offer.start, as: 'dateTime' },
      format: { key: `candidate.formatWithin.${offer.format}` },
      until: { at: offer.until, as: 'time' },
      ...(interview && { now: { at: interview.start, as: 'dateTime' as const } }),
    },
    rows,
    {
      prompt: false,
      application: application.id,
      place: placeOf(application, offer),
      anew: true,
      stages: ['invited', 'interview'],
    },
  );
}

function placeOf(application: Application, { start }: Offer): string {
  return `offer:${application.id}:${start}`;
}
