import type { Outcome } from '../../flows/pipelines/pipeline.ts';
import { againChoices } from '../../flows/calls/calls.ts';
import { callResultName } from '../../flows/calls/callResultName.ts';
import { isCallStage } from '../../flows/calls/isToCall.ts';
import { specOf } from '../../flows/pipelines/specOf.ts';
import { outcomeName } from '../../flows/pipelines/stageName.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Rendered, RenderedButton } from '../../runtime/words.ts';
import { inRows } from '../speech.ts';
import { answerLines } from './answerLines.ts';
import { rangLines } from './callLines.ts';
import { type CardFacts, nameOf } from './cardFacts.ts';
import { noteLines } from './noteLines.ts';
import { verbOf } from './outcomeButtons.ts';
import { sourceOf } from './sourceOf.ts';

/** Everything one needs to ring a person, and the buttons of what came of it. */
export function drawCallScreen(facts: CardFacts, left: number): Rendered {
  const { speech } = facts;
  const blocks = [
    headLines(facts),
    answerLines(facts, 120, 12),
    [...rangLines(facts), ...attemptLines(facts)],
    noteLines(facts, 200, 2),
    hintLines(facts),
    left > 0 ? [speech.text('calls.screen.left', { count: left })] : [],
  ];
  return {
    text: blocks
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n'),
    buttons: buttons(facts),
  };
}

/** The choices after "no answer". */
export function drawAgain(facts: CardFacts, { calls }: Pick<Policy, 'calls'>): Rendered {
  const { speech, application } = facts;
  return {
    text: [...headLines(facts), '', speech.text('calls.screen.again')].join('\n'),
    buttons: [
      ...againChoices.map((choice) => [
        speech.button(`calls.button.${choice}`, `d:again:${application.id}:${choice}`, {
          params: { count: calls.againHours },
        }),
      ]),
      [speech.button('calls.button.back', `d:back:${application.id}`)],
    ],
  };
}

function headLines({ speech, candidate, application, vacancy, now }: CardFacts): string[] {
  const { calls } = application;
  const line = (key: string, params = {}) => speech.text(`calls.screen.${key}`, params);
  return [
    candidate.name === undefined ? line('noName') : line('title', { name: candidate.name.slice(0, 100) }),
    // Telegram makes a number in the text one that is rung by a tap.
    candidate.phone
      ? line('phone', { phone: candidate.phone })
      : line(candidate.channels.some(({ blocked }) => !blocked) ? 'noPhone' : 'noPhoneNoChat'),
    ...(calls?.promisedBy !== undefined && calls.after !== undefined
      ? [line('promised', { when: { at: calls.after, as: 'dateTime' } })]
      : []),
    line('about', {
      vacancy: { words: vacancy?.title ?? { ru: '—' } },
      source: sourceOf(speech, application.source),
      day: { at: application.createdAt, as: 'day' },
    }),
    candidate.city
      ? speech.text('staff.card.place', {
          city: candidate.city.slice(0, 60),
          time: { at: now, as: 'time', zone: candidate.zone },
        })
      : speech.text('staff.card.noCity'),
  ];
}

function attemptLines({ speech, application, members, pipelines }: CardFacts): string[] {
  const attempts = application.calls?.attempts ?? [];
  if (attempts.length === 0) return [speech.text('calls.screen.noAttempts')];
  return [
    speech.text('calls.screen.attempts'),
    ...attempts.slice(-4).map(({ at, by, result }) =>
      speech.text('calls.screen.attempt', {
        day: { at, as: 'day' },
        time: { at, as: 'time' },
        result: callResultName(pipelines, result),
        name: nameOf(members, by),
      }),
    ),
  ];
}

function hintLines({ speech, pipelines, application }: CardFacts): string[] {
  const { task } = specOf(pipelines, application);
  if (!isCallStage(pipelines, application)) return [];
  return [
    ...(task?.hint ? [speech.text('calls.screen.hint', { hint: task.hint })] : []),
    ...(task?.training ? [speech.text('calls.screen.training', { link: task.training })] : []),
  ];
}

function buttons(facts: CardFacts): RenderedButton[][] {
  const { speech, application, candidate, pipelines } = facts;
  const own = (verb: string) => speech.button(`calls.button.${verb}`, `d:${verb}:${application.id}`);
  const { outcomes } = specOf(pipelines, application);
  // Whoever is only rung back has the results of their stage on the card.
  const results = isCallStage(pipelines, application)
    ? inRows(
        outcomes.map((outcome) => outcomeButton(facts, outcome)),
        2,
      )
    : [[{ ...own('talked'), style: 'success' as const }]];
  return [
    ...results,
    [own('missed'), own('callBack')],
    [own('wrongNumber'), own('skip')],
    ...(candidate.phone ? [] : [[own('phone')]]),
    [
      ...(candidate.phone ? [{ label: speech.plain('calls.button.copy'), copy: candidate.phone }] : []),
      speech.button('staff.button.note', `s:note:${application.id}`),
      speech.button('staff.button.card', `s:card:${application.id}`),
    ],
  ];
}

/** A result that asks for a time, a reason or a field has its own way on the card. */
function outcomeButton({ speech, application }: CardFacts, outcome: Outcome): RenderedButton {
  const verb = verbOf(outcome);
  const direct = (verb === undefined || verb === 'invite') && outcome.needs.length === 0;
  return {
    label: speech.label(outcomeName(outcome)),
    data: direct
      ? `d:give:${application.id}:${outcome.id}`
      : verb
        ? `s:${verb}:${application.id}`
        : `s:outcome:${application.id}:${outcome.id}`,
    ...(outcome.style && { style: outcome.style }),
  };
}
