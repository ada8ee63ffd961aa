import type { Application, Dialog } from '../candidate.ts';
import type { CalendarFile } from '../effect.ts';
import { wordOf } from '../forgetting/saysErase.ts';
import { isCourtesy } from '../isCourtesy.ts';
import { keepField } from '../pipelines/keepField.ts';
import { saidOfMeeting } from '../saidOfMeeting.ts';
import type { Turn } from '../turn.ts';
import { withoutCourtesies } from '../withoutCourtesies.ts';
import { askAgain } from './askAgain.ts';

type Asked = Extract<Dialog, { kind: 'terms' }>;

/** Under what terms would they have said yes? What they answer is kept, and can be searched. */
export function askTerms(turn: Turn, application: Application, file?: CalendarFile): void {
  const prompt = turn.ask({ kind: 'terms', application: application.id });
  turn.say(
    'late.terms.ask',
    undefined,
    [[{ label: { key: 'late.button.noTerms' }, data: `p:${prompt}:none` }]],
    { application: application.id, ...(file && { file }) },
  );
}

/**
 * Typed, it need not be terms: nobody is to be found again by "hello" or "I have changed my mind".
 *
 * @returns whether it is a word for the recruiter: they would come after all
 */
export function typeTerms(turn: Turn, dialog: Asked, text: string): boolean {
  if (wouldCome(turn, text)) {
    delete turn.state.dialog;
    turn.say('candidate.passedOn');
    return true;
  }
  const said = saidOfMeeting(turn, text);
  if (said?.exact ? said.means === 'no' : isCourtesy(turn, text)) giveTerms(turn, dialog, undefined);
  else if (said?.plain || isGreeting(turn, text)) askAgain(turn);
  else giveTerms(turn, dialog, text);
  return false;
}

/** The terms, or none: thanks for their time either way. */
export function giveTerms(turn: Turn, dialog: Asked, terms: string | undefined): void {
  const application = turn.application(dialog.application ?? '');
  delete turn.state.dialog;
  if (!application) return;
  const value = terms?.trim().slice(0, 1_000);
  const more = { application: application.id };
  if (!value) return turn.say('candidate.cancel.thanks', undefined, undefined, more);
  keepField(turn, application, 'terms', value, 'candidate');
  turn.tell(application, 'late.terms.told', { terms: value });
  turn.say('late.terms.thanks', undefined, undefined, more);
}

/** "I have changed my mind, I'll come", and nothing but that: "I'll come for a hundred thousand" are terms. */
function wouldCome(turn: Turn, text: string): boolean {
  const parts = text.split(/[.,;!?\n]+/).filter((part) => !isGreeting(turn, part));
  const said = parts.map((part) => saidOfMeeting(turn, part));
  return parts.length > 0 && said.every((one) => one?.exact && !one.plain && one.means !== 'no');
}

/** Nothing but a greeting, or what else stands around words. */
function isGreeting(turn: Turn, text: string): boolean {
  const said = wordOf(text);
  return Object.values(turn.facts.lexicon).some(({ meeting }) => withoutCourtesies(said, meeting) === '');
}
