/**
 * The text of a file: by its mark (UTF-8, or the UTF-16 of Excel's "Unicode text"), as UTF-8 when it is valid UTF-8,
 * else as Windows-1251, which is what a Russian Excel saves as CSV.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}
