import type { Lexicon } from './facts.ts';
import type { Turn } from './turn.ts';

/** Is one of these phrases of a meeting among what was typed, in any language there is? `said`: as by `wordOf`. */
export function holdsPhrase({ facts }: Turn, said: string, what: keyof Lexicon['meeting']): boolean {
  return Object.values(facts.lexicon).some(({ meeting }) =>
    meeting[what].some((phrase) => said.includes(phrase)),
  );
}
