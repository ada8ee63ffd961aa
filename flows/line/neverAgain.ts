import type { Application } from '../candidate.ts';

/** How many windows are remembered: more than lie ahead of anybody who waits. */
const most = 50;

/** A window that was theirs, or was offered to them, is not offered to them again. */
export function neverAgain(
  application: Application,
  { interviewer, start }: { interviewer: string; start: number },
): void {
  const window = `${interviewer}:${start}`;
  const others = (application.offered ?? []).filter((one) => one !== window);
  application.offered = [...others, window].slice(-most);
}
