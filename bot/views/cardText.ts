import { sameLines } from './sameLines.ts';
import { named } from '../../flows/named.ts';
import { stageName } from '../../flows/pipelines/stageName.ts';
import type { Params } from '../../flows/effect.ts';
import { arrivalLines } from './arrivalLines.ts';
import { answerLines } from './answerLines.ts';
import { type CardFacts, nameOf } from './cardFacts.ts';
import { callLines } from './callLines.ts';
import { hireLines } from './hireLines.ts';
import { interviewLines } from './interviewLines.ts';
import { noteLines } from './noteLines.ts';
import { taskLines } from './taskLines.ts';
import { sourceOf } from './sourceOf.ts';

/** Telegram takes 4096 characters; the rest is left for the question of a sub-menu. */
const most = 3500;

/** The card's text. When it is too long, answers are shortened first, then notes are left out. */
export function cardText(facts: CardFacts): string {
  const drafts = [
    () => draft(facts, { answer: 220, note: 300, notes: 3 }),
    () => draft(facts, { answer: 80, note: 150, notes: 2 }),
    () => draft(facts, { answer: 40, note: 60, notes: 1 }),
    () => draft(facts, { answer: 20, note: 0, notes: 0, answers: 15 }),
  ];
  for (const make of drafts) {
    const text = make();
    if (text.length <= most) return text;
  }
  return draft(facts, { answer: 10, note: 0, notes: 0, answers: 5 });
}

interface Limits {
  answer: number;
  note: number;
  notes: number;
  answers?: number;
}

function draft(facts: CardFacts, limits: Limits): string {
  const blocks = [
    headLines(facts),
    arrivalLines(facts, limits.note),
    answerLines(facts, limits.answer, limits.answers),
    callLines(facts),
    interviewLines(facts),
    hireLines(facts),
    refusalLines(facts),
    setAsideLines(facts),
    taskLines(facts),
    noteLines(facts, limits.note, limits.notes),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function headLines(facts: CardFacts): string[] {
  const { pipelines, speech, candidate, application, vacancy, members, reader, now } = facts;
  const { text } = speech;
  const line = (key: string, params?: Params) => text(`staff.card.${key}`, params);
  const { relay, blacklisted } = candidate;
  const owner = nameOf(members, application.recruiter).slice(0, 60);
  return [
    candidate.name === undefined ? line('noName') : line('name', { name: candidate.name.slice(0, 100) }),
    line('stage', {
      vacancy: { words: vacancy?.title ?? { ru: '—' } },
      stage: stageName(pipelines, application),
      since: { at: application.stageAt, as: 'day' },
      time: { at: application.stageAt, as: 'time' },
    }),
    line('source', { source: sourceOf(speech, application.source) }),
    candidate.phone ? line('phone', { phone: candidate.phone }) : line('noPhone'),
    ...(candidate.email ? [line('email', { email: candidate.email.slice(0, 80) })] : []),
    candidate.city
      ? line('place', {
          city: candidate.city.slice(0, 60),
          time: { at: now, as: 'time', zone: candidate.zone },
        })
      : line('noCity'),
    application.taken === undefined
      ? line('untaken', { name: owner })
      : line('taken', {
          name: owner,
          day: { at: application.taken, as: 'day' },
          time: { at: application.taken, as: 'time' },
        }),
    ...(relay && relay.until > now
      ? [line(relay.member === reader._id ? 'relayMine' : 'relay', { name: nameOf(members, relay.member) })]
      : []),
    ...(candidate.notLooking
      ? [
          line('notLooking', {
            since: { at: candidate.notLooking.at, as: 'day' },
            why: { key: `people.notLooking.${candidate.notLooking.why}` },
          }),
        ]
      : []),
    ...(blacklisted ? [line('blacklisted', { reason: blacklisted.reason.slice(0, 200) })] : []),
    ...sameLines(speech, candidate, facts.same),
    ...(candidate.channels.some(({ blocked }) => !blocked) ? [] : [line('unreachable')]),
  ];
}

function refusalLines({ speech, application }: CardFacts): string[] {
  const { refusal } = application;
  if (!refusal) return [];
  const line = (key: string, params?: Params) => speech.text(`staff.card.${key}`, params);
  const message = refusal.messageSent
    ? line('refusalSent')
    : refusal.messageAt === undefined
      ? line('refusalSilent')
      : line('refusalLeaves', { when: { at: refusal.messageAt, as: 'dateTime' } });
  return [
    line('refusal', { reason: named('staff.reason', refusal.reason) }),
    ...(refusal.text ? [line('refusalText', { text: refusal.text.slice(0, 300) })] : []),
    ...(refusal.evidence.length > 0 ? [line('evidence', { count: refusal.evidence.length })] : []),
    message,
  ];
}

/** The vacancy is filled: when that is said, or that it was. */
function setAsideLines({ speech, application }: CardFacts): string[] {
  const { setAside } = application;
  if (!setAside) return [];
  const when = { at: setAside.messageAt, as: 'dateTime' as const };
  return [speech.text(setAside.messageSent ? 'places.card.sent' : 'places.card.leaves', { when })];
}
