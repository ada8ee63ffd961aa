/** An answer of HTTP/1.1 that is whole. */
export interface Answer {
  body: string;
  /** For how many milliseconds its connection may be used again: none when the peer closes it, undefined when it does not say. */
  kept: number | undefined;
}

/** Takes an answer in the parts it comes in. */
export interface AnswerReader {
  /** @returns the answer, with the part that makes it whole. @throws Error when this is no HTTP */
  take(part: Buffer): Answer | undefined;
  /** The peer has closed: only an answer that does not say how long it is, is whole by that. */
  end(): Answer | undefined;
}

/** A head that is longer than this is none. */
const longestHead = 65_536;
/** How much earlier than the peer a connection is given up, in milliseconds: what is on its way must still arrive. */
const margin = 1_000;
const second = 1_000;

/** As RFC 9112 frames it: by its length, in chunks, or until the connection ends. */
export function makeAnswerReader(): AnswerReader {
  let parts: Buffer[] = [];
  let size = 0;
  /** What is not worth looking at before. */
  let least = 0;

  const look = (ended: boolean): Answer | undefined => {
    const [only, more] = parts;
    const all = more || !only ? Buffer.concat(parts, size) : only;
    parts = [all];
    const headEnd = all.indexOf('\r\n\r\n');
    if (headEnd < 0) {
      if (size > longestHead) throw new Error('an answer without a head');
      return undefined;
    }
    const head = all.toString('latin1', 0, headEnd);
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
    if (status === undefined) throw new Error('an answer that is no HTTP');
    const from = headEnd + 4;
    if (status.startsWith('1')) {
      // Something to know before the answer itself.
      parts = [all.subarray(from)];
      size -= from;
      return size > 0 ? look(ended) : undefined;
    }
    const frame = frameOf(head, all, from, ended);
    if (typeof frame === 'number') least = frame;
    if (frame === undefined || typeof frame === 'number') return undefined;
    // More than was asked for: what comes next would be taken for the next answer.
    const clean = !ended && frame.end === size;
    return { body: frame.body, kept: clean ? keptBy(head) : 0 };
  };

  return {
    take: (part) => {
      parts.push(part);
      size += part.length;
      return size < least ? undefined : look(false);
    },
    end: () => look(true),
  };
}

/** The body and where it ends; or how many bytes are wanted at least; or nothing, when it is not known yet. */
function frameOf(
  head: string,
  all: Buffer,
  from: number,
  ended: boolean,
): { body: string; end: number } | number | undefined {
  if (/^HTTP\S* (204|304)/.test(head)) return { body: '', end: from };
  if (/^transfer-encoding:.*\bchunked\b/im.test(head)) return chunks(all, from);
  const length = /^content-length:\s*(\d+)\s*$/im.exec(head)?.[1];
  if (length === undefined) return ended ? { body: all.toString('utf8', from), end: all.length } : undefined;
  const end = from + Number(length);
  return end > all.length ? end : { body: all.toString('utf8', from, end), end };
}

function chunks(all: Buffer, from: number): { body: string; end: number } | undefined {
  const found: Buffer[] = [];
  for (let at = from; ;) {
    const line = all.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const length = /^[\da-f]+/i.exec(all.toString('latin1', at, line))?.[0];
    if (length === undefined) throw new Error('an answer whose chunks are none');
    const start = line + 2;
    const end = start + Number.parseInt(length, 16);
    if (end === start) {
      // What may stand behind the last chunk ends with an empty line, as a head does.
      const over = all.indexOf('\r\n\r\n', line);
      return over < 0 ? undefined : { body: Buffer.concat(found).toString(), end: over + 4 };
    }
    if (end + 2 > all.length) return undefined;
    found.push(all.subarray(start, end));
    at = end + 2;
  }
}

function keptBy(head: string): number | undefined {
  if (/^HTTP\/1\.0/.test(head) || /^connection:.*\bclose\b/im.test(head)) return 0;
  const seconds = /^keep-alive:.*\btimeout=(\d+)/im.exec(head)?.[1];
  return seconds === undefined ? undefined : Math.max(Number(seconds) * second - margin, 0);
}
