import type { Dialog } from '../candidate.ts';
import type { Turn } from '../turn.ts';
import { misunderstood } from '../candidateMessages.ts';
import { startApplication } from './startApplication.ts';

/** Before any personal question: what is kept, for how long, by whom. */
export function offerConsent(turn: Turn, vacancy: string, source: string): void {
  const misses = turn.state.dialog?.kind === 'consent' ? turn.state.dialog.misses : 0;
  const prompt = turn.ask({ kind: 'consent', vacancy, source });
  if (turn.state.dialog) turn.state.dialog.misses = misses;
  const { version, keepYears } = turn.facts.policy.consent;
  turn.say(
    'candidate.consent.ask',
    {
      agency: { key: 'agency.name' },
      years: { key: 'candidate.consent.years', params: { count: keepYears } },
      version,
    },
    [
      [{ label: { key: 'candidate.consent.yes' }, data: `p:${prompt}:yes`, style: 'success' }],
      [{ label: { key: 'candidate.consent.no' }, data: `p:${prompt}:no` }],
    ],
  );
}

/** The answer to it, tapped or typed. "No" leaves nothing behind. */
export function answerConsent(
  turn: Turn,
  dialog: Extract<Dialog, { kind: 'consent' }>,
  answer: string,
  name: string | undefined,
): void {
  const said = answer
    .trim()
    .toLowerCase()
    .replace(/[!.,]+$/, '');
  const words = Object.values(turn.facts.lexicon);
  if (said === 'yes' || words.some(({ yes }) => yes.includes(said))) {
    turn.state.consent = { version: turn.facts.policy.consent.version, at: turn.now };
    if (name) turn.state.name = name;
    turn.fact('consentGiven', undefined, undefined, { version: turn.facts.policy.consent.version });
    return startApplication(turn, dialog.vacancy, dialog.source);
  }
  if (said === 'no' || words.some(({ no }) => no.includes(said))) {
    delete turn.state.dialog;
    // Who is known already keeps what they have agreed to; only the new application is not made.
    if (turn.state.applications.length > 0) return turn.say('candidate.consent.kept');
    return turn.say('candidate.consent.declined', { agency: { key: 'agency.name' } }, undefined, {
      forget: true,
    });
  }
  misunderstood(turn, 'candidate.hint.consent');
}
