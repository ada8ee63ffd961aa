/** As much of a person's words as fits one message of any channel, and what is written under a file, beside a name. */
const longest = { text: 3_500, caption: 900 };

/** What somebody wrote in pieces that fit a message, parted between lines or words where that is possible. */
export function inParts(text: string, as: keyof typeof longest = 'text'): string[] {
  const most = longest[as];
  if (text.length <= most) return [text];
  const head = text.slice(0, most);
  const gap = Math.max(head.lastIndexOf('\n'), head.lastIndexOf(' '));
  const at = gap > most / 2 ? gap + 1 : most;
  return [text.slice(0, at), ...inParts(text.slice(at), as)];
}
