import type { ChaosResult } from './runChaos.ts';

/** How late a message may come after everything it needs is up again, in milliseconds. */
const grace = 250;

/** What the product promises and a run did not show; empty when it kept its word. */
export function chaosFaults(result: ChaosResult): string[] {
  const latest = result.late.at(-1) ?? 0;
  return [
    ...result.unaccounted.map((what) => `not accounted for: ${what}`),
    ...result.lost.map((id) => `said to be sent and never taken: ${id}`),
    ...result.neverCame.map((id) => `never came: ${id}`),
    ...result.wrongAnswers.map((what) => `a wrong answer is kept: ${what}`),
    ...(result.doubled > 0 ? [`${result.doubled} messages came twice`] : []),
    ...(result.early > 0 ? [`${result.early} messages came early`] : []),
    ...(latest > grace ? [`the latest came ${Math.round(latest)} ms beyond the restart`] : []),
  ];
}
