import type { Question } from '../../flows/question.ts';
import type { Random } from '../world/random.ts';

/** City names stand in the lexicon; a few of them, by their zones, are given by the world. */
export interface Knowledge {
  cities: string[];
  yes: string;
  no: string;
}

/** What a person types to a question, and what somebody types who misunderstood it. */
export function answerTo(question: Question, random: Random, known: Knowledge): string {
  switch (question.kind) {
    case 'yesno':
      return random.chance(0.85) ? known.yes : known.no;
    case 'choice':
      return String(random.between(1, question.options?.length ?? 1));
    case 'several':
      return random.chance(0.5) ? '1' : '1,2';
    case 'number':
      return String(random.between(Math.max(0, (question.min ?? 0) - 1), (question.min ?? 0) + 20));
    case 'date':
      return `${random.between(1, 28)}.${random.between(1, 12)}`;
    case 'city':
      return random.pick(known.cities);
    case 'phone':
      return `+7916${random.between(1_000_000, 9_999_999)}`;
    case 'email':
      return `person${random.between(1, 999_999)}@example.com`;
    case 'text':
    case 'file':
      return 'text';
  }
}
