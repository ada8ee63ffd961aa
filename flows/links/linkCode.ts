/** Letters and digits nobody takes for one another. */
export const codeLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** How long a code is good for, in minutes, and how many wrong ones a chat may try in that time. */
export const codeMinutes = 15;
export const mostMisses = 5;

/** A code as people read and type it: `ABCD-EFGH`. */
export function shownCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** The code in what somebody wrote: by a deep link (`/start link_ABCDEFGH`) or typed, alone in its message. */
export function codeIn(text: string | undefined): string | undefined {
  const linked = /^\/start(?:@\w+)?\s+link_([A-Z2-9]{8})\s*$/.exec(text ?? '')?.[1];
  const typed = /^\s*([A-HJ-NP-Z2-9]{4})[-\u2013\u2014]([A-HJ-NP-Z2-9]{4})\s*$/i.exec(text ?? '');
  return linked ?? (typed ? `${typed[1]}${typed[2]}`.toUpperCase() : undefined);
}
