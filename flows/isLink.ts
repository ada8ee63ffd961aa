/** A link as people paste it: with its scheme, in one piece. */
export function isLink(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text);
}
