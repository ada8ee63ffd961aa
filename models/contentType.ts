/** How a file of each type begins. Source: the formats' own magic numbers. */
const beginnings: { type: string; at?: number; bytes: string }[] = [
  { type: 'application/pdf', bytes: '25504446' },
  { type: 'image/png', bytes: '89504e470d0a1a0a' },
  { type: 'image/jpeg', bytes: 'ffd8ff' },
  { type: 'image/gif', bytes: '47494638' },
  { type: 'image/webp', at: 8, bytes: '57454250' },
  { type: 'image/heic', at: 4, bytes: '6674797068656963' },
  { type: 'audio/ogg', bytes: '4f676753' },
  { type: 'audio/mpeg', bytes: '494433' },
  { type: 'audio/mpeg', bytes: 'fffb' },
  { type: 'audio/wav', at: 8, bytes: '57415645' },
  { type: 'video/mp4', at: 4, bytes: '66747970' },
  { type: 'video/webm', bytes: '1a45dfa3' },
  { type: 'application/msword', bytes: 'd0cf11e0a1b11ae1' },
  { type: 'application/rtf', bytes: '7b5c727466' },
];

/** What office files are, which all are archives inside. */
const archives: Record<string, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
};

/**
 * The type of a file by what is in it; its name only tells archives apart. Whatever a browser would run (HTML, SVG)
 * is plain text, and what is not known is bytes.
 */
export function contentType(bytes: Uint8Array, name: string): string {
  const head = Buffer.from(bytes.subarray(0, 64)).toString('hex');
  const found = beginnings.find(({ at = 0, bytes: start }) => head.startsWith(start, at * 2));
  if (found) return found.type;
  if (head.startsWith('504b0304'))
    return archives[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'application/zip';
  return isText(bytes) ? 'text/plain' : 'application/octet-stream';
}

function isText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 4_096);
  if (bytes.length === 0 || head.includes(0)) return false;
  try {
    // A character may be cut in two at the end of what is looked at.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
