/** How many characters of a reply are kept. */
const most = 4_000;

/**
 * What a person wrote in a reply, without the letter it answers and without their signature. Mail programs write the
 * line above a quotation in every language; what they all put there is the sender's address, and that is ours.
 *
 * @param mailbox the address our letters come from
 */
export function cutQuote(text: string, mailbox: string): string {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\u00a0', ' ').split('\n');
  const end = lines.findIndex((line, index) => beginsQuote(line, lines[index + 1], mailbox));
  const kept = end < 0 ? lines : lines.slice(0, wrapped(lines, end));
  while (kept.length > 0 && /^\s*(>.*)?$/.test(kept.at(-1) ?? '')) kept.pop();
  return kept
    .filter((line) => !/^\s*>/.test(line))
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, most);
}

function beginsQuote(line: string, next: string | undefined, mailbox: string): boolean {
  // A signature (RFC 3676, 4.3), "----- Original message -----", Outlook's rule.
  if (/^-- ?$/.test(line) || /^\s*-{3,}[^-]+-{3,}\s*$/.test(line) || /^\s*_{10,}\s*$/.test(line)) return true;
  if (!line.toLowerCase().includes(mailbox.toLowerCase())) return false;
  const quoted = next !== undefined && /^\s*>/.test(next);
  return (
    quoted || /:\s*$/.test(line) || /^\s*\*?\p{L}[\p{L} ]{0,20}:\*?\s/u.test(line) || next?.trim() === ''
  );
}

/** The line above a quotation may be wrapped before the address. */
function wrapped(lines: string[], at: number): number {
  const before = lines[at - 1] ?? '';
  const begun = /^\s*<?[^\s<]+@/.test(lines[at] ?? '') && /\d{4}|\d{1,2}:\d{2}/.test(before);
  return begun ? at - 1 : at;
}
