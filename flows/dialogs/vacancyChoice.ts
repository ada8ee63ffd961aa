import type { Turn } from '../turn.ts';
import type { Vacancy } from '../vacancy.ts';
import { misunderstood } from '../candidateMessages.ts';
import { askAgain } from './askAgain.ts';
import { latestOn, mayComeBack } from './comingBack.ts';
import { isOpen } from '../pipelines/stages.ts';
import { consentStands } from '../policies/consentStands.ts';
import { offerConsent } from './consent.ts';
import { nextQuestion } from './screening.ts';
import { startApplication } from './startApplication.ts';

/** How many vacancies one message offers. */
const shown = 20;

/** Somebody came: by a link to a vacancy, or without one to choose among those that are open. */
export function openVacancy(turn: Turn, id: string | undefined, source: string): void {
  const { state } = turn;
  if (state.blacklisted) {
    delete state.dialog;
    return turn.say('candidate.notNow');
  }
  const vacancy = id === undefined ? undefined : turn.vacancy(id);
  if (vacancy?.status === 'archived') turn.say('candidate.vacancyClosed');
  if (vacancy?.status !== 'open') {
    if (state.dialog && state.applications.length > 0) return askAgain(turn);
    return offerVacancies(turn);
  }
  const existing = latestOn(turn, vacancy._id);
  if (existing && isOpen(existing.stage)) {
    turn.say('candidate.alreadyApplied', { vacancy: { words: vacancy.title } });
    // Questions that were left for another vacancy go on here.
    const left = existing.stage === 'screening' && state.dialog?.application !== existing.id;
    return left && state.consent ? nextQuestion(turn, existing) : askAgain(turn);
  }
  if (existing && !mayComeBack(turn, existing)) return;
  turn.say('candidate.vacancy', { title: { words: vacancy.title }, text: { words: vacancy.text } });
  // A newer consent is asked for with the next application, unless it asks for no more.
  if (consentStands(state.consent?.version, turn.facts.policy.consent.version))
    return startApplication(turn, vacancy._id, source);
  offerConsent(turn, vacancy._id, source);
}

/** The open vacancies, or those of them that fit what was typed, as buttons; a number or a name may be typed too. */
export function offerVacancies(
  turn: Turn,
  open = openVacancies(turn),
  key = 'candidate.chooseVacancy',
): void {
  if (open.length === 0) {
    delete turn.state.dialog;
    return turn.say('candidate.noVacancies');
  }
  const misses = turn.state.dialog?.kind === 'vacancy' ? turn.state.dialog.misses : 0;
  const prompt = turn.ask({ kind: 'vacancy' });
  if (turn.state.dialog) turn.state.dialog.misses = misses;
  turn.say(
    key,
    { agency: { key: 'agency.name' } },
    open
      .slice(0, shown)
      .map((vacancy) => [{ label: { words: vacancy.title }, data: `p:${prompt}:${vacancy._id}` }]),
  );
}

export function chooseVacancyByText(turn: Turn, text: string): void {
  const said = text.trim().toLowerCase();
  const open = openVacancies(turn);
  const numbered = /^\d+$/.test(said) ? open[Number(said) - 1] : undefined;
  const named = open.filter(({ title }) =>
    Object.values(title).some((words) => words.toLowerCase().includes(said)),
  );
  const found = numbered ?? (said.length >= 3 && named.length === 1 ? named[0] : undefined);
  if (found) return openVacancy(turn, found._id, 'direct');
  if (said.length >= 3 && named.length > 1) return offerVacancies(turn, named, 'candidate.severalVacancies');
  misunderstood(turn, 'candidate.hint.vacancy');
}

function openVacancies(turn: Turn): Vacancy[] {
  return turn.facts.vacancies.filter(({ status }) => status === 'open');
}
