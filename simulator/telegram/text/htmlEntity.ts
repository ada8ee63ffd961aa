const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/**
 * The character that a reference such as `&lt;` or `&#171;` at `at` stands for: Telegram knows the four names and all
 * numbers, and takes them without the semicolon as well.
 * @returns the character and the index behind the reference, or null when it is a plain `&`.
 */
export function htmlEntity(source: string, at: number): { text: string; end: number } | null {
  const found = /^&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));?/i.exec(source.slice(at, at + 12));
  if (!found) return null;
  const [whole, hex, decimal, name] = found;
  const code = hex !== undefined ? parseInt(hex, 16) : decimal !== undefined ? Number(decimal) : null;
  const text =
    code === null ? NAMED[name ?? ''] : code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
  return text === undefined ? null : { text, end: at + whole.length };
}
