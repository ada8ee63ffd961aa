import type { ChaosResult } from './runChaos.ts';

/** What the product promises and a run did not show, lateness apart; empty when it kept its word. */
export function chaosFaults(result: ChaosResult): string[] {
  return [
    ...result.unaccounted.map((what) => `not accounted for: ${what}`),
    ...result.lost.map((id) => `said to be sent and never taken: ${id}`),
    ...result.neverCame.map((id) => `never came: ${id}`),
    ...result.wrongAnswers.map((what) => `a wrong answer is kept: ${what}`),
    ...(result.doubled > 0 ? [`${result.doubled} messages came twice`] : []),
    ...(result.early > 0 ? [`${result.early} messages came early`] : []),
  ];
}
