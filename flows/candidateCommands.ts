import type { Happened } from './event.ts';
import type { Turn } from './turn.ts';
import { statusKey } from './shownStage.ts';
import { showNews } from './broadcasts/newsChoice.ts';
import { callHuman } from './callHuman.ts';
import { giveCode, severalChats } from './links/giveCode.ts';
import { askForget } from './forgetting/askForget.ts';
import { giveMyData } from './forgetting/giveMyData.ts';
import { askAgain } from './dialogs/askAgain.ts';
import { openVacancy } from './dialogs/vacancyChoice.ts';

type Arrived = Extract<Happened, { type: 'messageArrived' }>;
type Command = (turn: Turn, event: Arrived, rest: string | undefined) => void;

/** What a candidate may write at any moment. Anything else with a slash gets the help. */
export const commands: Record<string, Command> = {
  start: (turn, _event, payload) => {
    const { link } = turn.facts;
    if (payload && !link) turn.say('candidate.linkUnknown');
    openVacancy(turn, link?.vacancy, link?.source ?? 'direct');
  },
  status: (turn) => status(turn),
  help: (turn) => turn.say('candidate.help', { agency: { key: 'agency.name' } }),
  language: (turn) =>
    turn.say('candidate.language.ask', undefined, [
      Object.keys(turn.facts.lexicon).map((lang) => ({
        label: { key: `candidate.language.${lang}` },
        data: `l:${lang}`,
      })),
    ]),
  human: (turn) => void callHuman(turn, 'asked'),
  link: (turn, event) => giveCode(turn, event.reach.channel),
  news: (turn) => showNews(turn),
  mydata: (turn) => giveMyData(turn),
  forget: (turn) => askForget(turn),
  stop: (turn) => {
    turn.state.stopped = true;
    turn.say('candidate.stopped', undefined, undefined, { dropKeyboard: true });
    turn.fact('stopped');
  },
};

/** Where each application stands, in plain words, and what is asked now. */
function status(turn: Turn): void {
  // What was continued by a newer application is told with that one.
  const applications = turn.state.applications.filter(({ next }) => next === undefined);
  if (applications.length === 0) {
    turn.say('candidate.status.none');
    return askAgain(turn);
  }
  const lines = applications.slice(-5).flatMap((application) => [
    {
      key: statusKey(application, turn.now),
      params: {
        vacancy: turn.title(application),
        ...(application.interview && {
          when: { at: application.interview.start, as: 'dateTime' as const },
          format: { key: `candidate.formatWithin.${application.interview.format}` },
        }),
      },
    },
    ...(application.waiting ? [{ key: 'line.status' }] : []),
  ]);
  const booked = applications.find(({ interview }) => interview && interview.start > turn.now);
  const waiting = applications.find((application) => application.waiting);
  const leave = waiting && [{ label: { key: 'line.button.leave' }, data: `w:${waiting.id}:leave` }];
  const buttons = booked
    ? [
        ...(leave ? [leave] : []),
        [
          {
            label: { key: 'candidate.button.anotherTime' },
            data: `i:${booked.id}:${booked.interviewVersion}:move`,
          },
          {
            label: { key: 'candidate.button.cancel' },
            data: `i:${booked.id}:${booked.interviewVersion}:cancel`,
            style: 'danger' as const,
          },
        ],
      ]
    : leave && [leave];
  const elsewhere = severalChats(turn) ? [[{ label: { key: 'candidate.link.button' }, data: 'k:link' }]] : [];
  const rows = [...(buttons ?? []), ...elsewhere];
  turn.say('candidate.status.title', { lines: { lines } }, rows.length > 0 ? rows : undefined);
  askAgain(turn);
}
