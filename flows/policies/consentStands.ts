/** Texts of ours that ask for no more than earlier ones did; an agency's own text is under a name of its own. */
const asksNoMore: ReadonlyMap<string, readonly string[]> = new Map([
  // It names /forget.
  ['2026-2', ['2026-1']],
]);

/** Need whoever agreed to one version of the consent not be asked for another? */
export function consentStands(given: string | undefined, asked: string): boolean {
  return given !== undefined && (given === asked || (asksNoMore.get(asked)?.includes(given) ?? false));
}
