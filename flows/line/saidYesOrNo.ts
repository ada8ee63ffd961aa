import type { Turn } from '../turn.ts';

/** "Yes" or "no" as it is typed, in any language there is; undefined for anything else. */
export function saidYesOrNo(turn: Turn, text: string): 'yes' | 'no' | undefined {
  const said = text.trim().toLowerCase();
  const lexicons = Object.values(turn.facts.lexicon);
  if (lexicons.some(({ yes }) => yes.includes(said))) return 'yes';
  return lexicons.some(({ no }) => no.includes(said)) ? 'no' : undefined;
}
