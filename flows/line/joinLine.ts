import type { Application, Interview } from '../candidate.ts';
import type { Button } from '../effect.ts';
import type { Turn } from '../turn.ts';
import type { Format } from '../vacancy.ts';
import { dayOf } from '../dayOf.ts';
import { freeOf } from '../freeOf.ts';
import { answerOffer, passOn } from './offer.ts';

/** How many earlier windows are shown at once. */
const shown = 6;
const day = 86_400_000;

/** Is an interview so far off that an earlier time could be wished for? Not one with the client. */
export function earlierMakesSense({ start, kind }: Interview, now: number): boolean {
  return kind === undefined && start - now > day;
}

/** "Earlier, please": in the line from now on; what is free before theirs can be had at once. */
export function askEarlier(turn: Turn, application: Application): void {
  const { interview } = application;
  if (!interview || interview.kind) return stale(turn);
  join(turn, application, interview.format);
  const times = new Set(
    freeOf(turn, application, interview.format)
      .map(({ start }) => start)
      .filter((start) => start < interview.start),
  );
  const [first, ...others] = [...times].slice(0, shown);
  if (first === undefined) return sayJoined(turn, application);
  const { zone } = turn.state;
  const { format } = interview;
  const prompt = turn.ask({
    kind: 'time',
    application: application.id,
    day: dayOf(first, zone),
    format,
    page: 0,
  });
  const rows = [first, ...others].map((start): Button[] => [
    {
      label: { key: 'candidate.slot.nearButton', params: { when: { at: start, as: 'dateTime', zone } } },
      data: `p:${prompt}:${start}`,
    },
  ]);
  turn.drawOver = false;
  turn.step('line.earlierFree', { vacancy: turn.title(application) }, rows, { application: application.id });
}

/** A button of the line: an answer to an offer, or "let me know", or "no more of it". */
export function tapLine(turn: Turn, id: string, [what = '', answer = '']: string[]): void {
  const application = turn.application(id);
  if (!application) return stale(turn);
  if (what === 'leave') return leaveLine(turn, application);
  if (what === 'join') {
    const format = turn.vacancy(application.vacancy)?.formats.find((one) => one === answer);
    if (!format || !mayWait(application)) return stale(turn);
    join(turn, application, format);
    return sayJoined(turn, application);
  }
  if (!answerOffer(turn, application, Number.parseInt(what, 36) * 60_000, answer)) stale(turn);
}

/** May they be in the line as they stand? */
export function mayWait({ stage }: Application): boolean {
  return stage === 'invited' || stage === 'interview';
}

function join(turn: Turn, application: Application, format: Format): void {
  if (application.waiting) return;
  application.waiting = { since: turn.now, format };
  turn.fact('lineJoined', application.id, 'candidate');
}

function sayJoined(turn: Turn, application: Application): void {
  const { interview } = application;
  turn.say(
    interview ? 'line.joinedEarlier' : 'line.joined',
    {
      vacancy: turn.title(application),
      ...(interview && { when: { at: interview.start, as: 'dateTime' as const } }),
    },
    [[{ label: { key: 'line.button.leave' }, data: `w:${application.id}:leave` }]],
    { application: application.id },
  );
}

function leaveLine(turn: Turn, application: Application): void {
  if (!application.waiting) return stale(turn);
  delete application.waiting;
  turn.fact('lineLeft', application.id, 'candidate');
  passOn(turn, application, 'line.over');
  turn.say('line.left', { vacancy: turn.title(application) }, undefined, { application: application.id });
}

function stale(turn: Turn): void {
  turn.toast = { key: 'line.toast.over' };
}
