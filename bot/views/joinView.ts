import type { Application, Candidate } from '../../flows/candidate.ts';
import { doublesOf } from '../../flows/joining/doublesOf.ts';
import { elderFirst } from '../../flows/joining/elderFirst.ts';
import type { Keep, Side } from '../../flows/joining/joining.ts';
import { joinSelves } from '../../flows/joining/joinSelves.ts';
import type { Pipeline } from '../../flows/pipelines/pipeline.ts';
import { stageName } from '../../flows/pipelines/stageName.ts';
import { isOpen } from '../../flows/pipelines/stages.ts';
import type { Params } from '../../flows/effect.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import type { Rendered, RenderedButton } from '../../runtime/words.ts';
import { markOf } from '../findSame.ts';
import type { Speech } from '../speech.ts';
import { dataOf, type Subject } from '../subject.ts';

/** What the preview of a joining is drawn from. */
export interface JoinFacts {
  speech: Speech;
  now: number;
  /** From whose card it is asked, and with whom it would be joined. */
  subject: Subject;
  other: Candidate;
  keep: Keep;
  pipelines: Pipeline[];
  vacancies: Map<string, Vacancy>;
}

/** So many applications are listed; a card that has more is told by their number. */
const listed = 12;

/** What would come of joining two cards: who the person is then, what stands on the card, what ends. */
export function drawJoin(facts: JoinFacts): Rendered {
  const { speech, subject, other, keep } = facts;
  const [elder, younger] = elderFirst(subject.candidate, other);
  const after = joinSelves(elder, younger, keep);
  const line = (key: string, params?: Params) => speech.text(`same.join.${key}`, params);
  const who = ({ name, phone, createdAt }: Candidate, key: string) =>
    line(key, {
      name: (name ?? '—').slice(0, 60),
      phone: phone ?? '—',
      since: { at: createdAt, as: 'date' },
    });
  const both = [
    line('name', { name: (after.name ?? '—').slice(0, 60) }),
    line('phone', { phone: after.phone ?? '—' }),
    ...(after.email ? [line('email', { email: after.email.slice(0, 80) })] : []),
    ...applicationLines(facts, [...elder.applications, ...younger.applications]),
  ];
  const text = [
    line('title'),
    `${who(elder, 'elder')}\n${who(younger, 'younger')}`,
    both.join('\n'),
    ...endLines(facts),
    line('after'),
  ].join('\n\n');
  return { text, buttons: joinButtons(facts, elder, younger) };
}

function applicationLines({ speech, pipelines, vacancies }: JoinFacts, all: Application[]): string[] {
  if (all.length === 0) return [];
  const lines = all.slice(0, listed).map((one) =>
    speech.text('same.join.application', {
      vacancy: { words: vacancies.get(one.vacancy)?.title ?? { ru: '—' } },
      stage: stageName(pipelines, one),
    }),
  );
  return [speech.text('same.join.applications', { count: all.length }), ...lines];
}

/** What ends, and what holds although one of the two did not have it. */
function endLines({ speech, pipelines, vacancies, subject, other, now }: JoinFacts): string[] {
  const line = (key: string, params?: Params) => speech.text(`same.join.${key}`, params);
  const [elder, younger] = elderFirst(subject.candidate, other);
  const all = [...elder.applications, ...younger.applications];
  const doubles = doublesOf(pipelines, all).flatMap(({ stays, ends }) => {
    const vacancy = { words: vacancies.get(stays.vacancy)?.title ?? { ru: '—' } };
    const met = ends.flatMap(({ interview }) => (interview && interview.start > now ? [interview] : []));
    return [
      line('double', { vacancy, stage: stageName(pipelines, stays) }),
      ...met.map(({ start }) => line('meeting', { when: { at: start, as: 'dateTime' } })),
    ];
  });
  const black = elder.blacklisted ?? younger.blacklisted;
  const open = all.filter(({ stage }) => isOpen(stage)).length;
  return [
    ...doubles,
    ...(black ? [line('blacklisted', { reason: black.reason.slice(0, 200), count: open })] : []),
    ...(elder.stopped !== younger.stopped ? [line('stopped')] : []),
  ];
}

function joinButtons(facts: JoinFacts, elder: Candidate, younger: Candidate): RenderedButton[][] {
  const { speech, subject, other, keep } = facts;
  const to = (verb: string, flags: Keep) => dataOf(subject, verb, markOf(other), flagsOf(flags));
  const swapped: Side = keep.name === 'elder' ? 'younger' : 'elder';
  const swappedPhone: Side = keep.phone === 'elder' ? 'younger' : 'elder';
  const name = { elder: elder.name, younger: younger.name }[swapped];
  const phone = { elder: elder.phone, younger: younger.phone }[swappedPhone];
  const differ = <T>(a: T | undefined, b: T | undefined) => a !== undefined && b !== undefined && a !== b;
  const swaps = [
    ...(differ(elder.name, younger.name) && name
      ? [
          speech.button('same.button.keepName', to('join', { ...keep, name: swapped }), {
            params: { name: name.slice(0, 40) },
          }),
        ]
      : []),
    ...(differ(elder.phone, younger.phone) && phone
      ? [
          speech.button('same.button.keepPhone', to('join', { ...keep, phone: swappedPhone }), {
            params: { phone },
          }),
        ]
      : []),
  ];
  return [
    ...swaps.map((button) => [button]),
    [
      speech.button('same.button.joinNow', to('joinNow', keep), { style: 'success' }),
      speech.button('same.button.notJoin', dataOf(subject, 'same')),
    ],
  ];
}

/** What was chosen, as a button carries it: of whom the name is, and the phone. */
function flagsOf({ name, phone }: Keep): string {
  return `${name[0]}${phone[0]}`;
}

/** …and read from it; what it does not say is the elder's. */
export function keepOf(flags = ''): Keep {
  const side = (letter: string | undefined): Side => (letter === 'y' ? 'younger' : 'elder');
  return { name: side(flags[0]), phone: side(flags[1]) };
}
