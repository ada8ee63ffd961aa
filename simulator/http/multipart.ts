/** One part of a multipart body. */
export interface Part {
  name: string;
  filename?: string;
  type: string;
  bytes: Buffer;
}

const CRLF = Buffer.from('\r\n');
const BLANK = Buffer.from('\r\n\r\n');

/**
 * Cuts a multipart/form-data body into its parts. Written here because Telegram takes what strict parsers do not, and
 * grammY relies on it: file names without quotes, with spaces and in any alphabet (`filename=CV of Anna.pdf`).
 * @returns the parts, or null when the body is not well formed.
 */
export function multipart(body: Buffer, contentType: string): Part[] | null {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const name = boundary?.[1] ?? boundary?.[2];
  if (name === undefined) return null;
  const mark = Buffer.from(`--${name}`);
  const parts: Part[] = [];
  let at = body.indexOf(mark);
  while (at >= 0) {
    const start = at + mark.length;
    if (body.subarray(start, start + 2).toString() === '--') return parts;
    const next = body.indexOf(Buffer.concat([CRLF, mark]), start);
    const blank = body.indexOf(BLANK, start);
    if (next < 0 || blank < 0 || blank > next) return null;
    const part = readPart(
      body.subarray(start, blank).toString('utf8'),
      body.subarray(blank + BLANK.length, next),
    );
    if (!part) return null;
    parts.push(part);
    at = next + CRLF.length;
  }
  return null;
}

function readPart(head: string, bytes: Buffer): Part | null {
  const disposition = /^content-disposition:\s*form-data;(.*)$/im.exec(head)?.[1];
  const name = /(?:^|;)\s*name=(?:"([^"]*)"|([^;]*))/i.exec(disposition ?? '');
  const file = /;\s*filename=(?:"((?:\\"|[^"])*)"|(.*))$/i.exec(disposition ?? '');
  const type = /^content-type:\s*(\S+)/im.exec(head)?.[1] ?? 'text/plain';
  const field = name?.[1] ?? name?.[2]?.trim();
  if (field === undefined) return null;
  const filename = file?.[1]?.replaceAll('\\"', '"') ?? file?.[2]?.trim();
  return { name: field, type, bytes, ...(filename !== undefined && { filename }) };
}
