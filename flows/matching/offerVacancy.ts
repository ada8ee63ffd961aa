import type { StaffCommand } from '../event.ts';
import { isService } from '../isService.ts';
import { looksAgain, stopLooking } from '../lookingForWork.ts';
import { openVacancy } from '../dialogs/vacancyChoice.ts';
import { isOpen } from '../pipelines/stages.ts';
import type { Refused } from '../staffCommand.ts';
import type { Turn } from '../turn.ts';
import type { Vacancy } from '../vacancy.ts';
import { canWrite } from './canWrite.ts';
import { samePosition } from './position.ts';

/** So many offers are remembered: none of them is ever made twice. */
const remembered = 100;

/** A member offers a vacancy to somebody of the base: one kind message, with a way to say no. */
export function offerVacancy(
  turn: Turn,
  { by, vacancy: id }: Extract<StaffCommand, { type: 'offerVacancy' }>,
): Refused {
  const { state } = turn;
  const vacancy = turn.vacancy(id);
  if (!mayOffer(turn, by, vacancy)) return { code: 'notAllowed' };
  if (vacancy?.status !== 'open') return { code: 'noSuchVacancy' };
  if (state.blacklisted) return { code: 'blacklisted' };
  if (state.notLooking) return { code: 'notLooking' };
  if (state.stopped) return { code: 'optedOut' };
  if (state.applications.some((one) => one.vacancy === id && isOpen(one.stage)))
    return { code: 'alreadyAttached' };
  if (state.offers?.some((offer) => offer.vacancy === id)) return { code: 'alreadyOffered' };
  if (!canWrite(state)) return { code: 'cannotReach' };
  state.offers = [...(state.offers ?? []), { vacancy: id, at: turn.now, by }].slice(-remembered);
  turn.fact('vacancyOffered', undefined, by, { vacancy: { words: vacancy.title } });
  const before = state.applications.findLast((one) => {
    const theirs = turn.vacancy(one.vacancy);
    return theirs && samePosition(theirs, vacancy);
  });
  const button = (answer: string, style?: 'success') => [
    { label: { key: `match.button.${answer}` }, data: `o:${id}:${answer}`, ...(style && { style }) },
  ];
  turn.say(
    before ? 'match.offerAgain' : 'match.offer',
    {
      agency: { key: 'agency.name' },
      title: { words: vacancy.title },
      text: { words: vacancy.text },
      ...(before && { before: turn.title(before) }),
    },
    [button('yes', 'success'), button('later'), button('no')],
    { prompt: false, key: `offer:${state._id}:${id}`, offer: id },
  );
  return undefined;
}

/** The head, a recruiter of the vacancy, or a program with a key. */
function mayOffer(turn: Turn, by: string, vacancy: Vacancy | undefined): boolean {
  if (isService(by)) return true;
  const member = turn.member(by);
  return member?.active === true && (member.role === 'head' || vacancy?.recruiters.includes(by) === true);
}

/** "Interested" begins the application; "not now" and "not looking" are taken at their word. */
export function answerOffer(turn: Turn, id: string, answer: string): void {
  const offer = turn.state.offers?.find(({ vacancy }) => vacancy === id);
  if (answer !== 'later' && answer !== 'no') {
    if (offer) offer.answer = 'yes';
    looksAgain(turn);
    return openVacancy(turn, id, 'offer');
  }
  if (!offer || offer.answer === 'yes') {
    turn.toast = { key: 'candidate.toast.stale' };
    return;
  }
  offer.answer = answer;
  turn.fact('vacancyDeclined', undefined, 'candidate', { answer: { key: `match.button.${answer}` } });
  if (answer === 'no') stopLooking(turn, 'said');
  turn.say(answer === 'no' ? 'match.left' : 'match.later');
}
