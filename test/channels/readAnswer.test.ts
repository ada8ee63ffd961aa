import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Answer, makeAnswerReader } from '../../channels/http/readAnswer.ts';

const body = '{"ok":true,"result":"Здравствуйте 👋"}';
const bytes = Buffer.from(body);
const ok = 'HTTP/1.1 200 OK\r\nServer: nginx\r\n';
const chunked = (...sizes: number[]): Buffer => {
  const parts: Buffer[] = [];
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    const part = bytes.subarray(at, at + size);
    at += part.length;
    if (part.length > 0)
      parts.push(Buffer.from(`${part.length.toString(16)};x=y\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([Buffer.from(`${ok}Transfer-Encoding: chunked\r\n\r\n`), ...parts]);
};
const long = Buffer.concat([Buffer.from(`${ok}content-length: ${bytes.length}\r\n\r\n`), bytes]);

/** Everything in pieces, then the end; at which piece the answer was whole. */
function read(pieces: Buffer[]): { answer: Answer | undefined; at: number } {
  const reader = makeAnswerReader();
  for (const [at, piece] of pieces.entries()) {
    const answer = reader.take(piece);
    if (answer) return { answer, at };
  }
  return { answer: reader.end(), at: pieces.length };
}

/** Cut at these places. */
const cut = (whole: Buffer, places: number[]): Buffer[] => {
  const at = [...new Set([0, ...places.map((place) => place % whole.length), whole.length])].sort(
    (a, b) => a - b,
  );
  return at.slice(1).map((end, index) => whole.subarray(at[index], end));
};

describe('an answer of HTTP', () => {
  test.each([
    ['by its length', long, undefined],
    ['in chunks', Buffer.concat([chunked(1, 20), Buffer.from('0\r\n\r\n')]), undefined],
    [
      'in chunks with something behind',
      Buffer.concat([chunked(7), Buffer.from('0\r\nA: b\r\n\r\n')]),
      undefined,
    ],
    [
      'after a word before it',
      Buffer.concat([Buffer.from('HTTP/1.1 103 Early\r\nA: b\r\n\r\n'), long]),
      undefined,
    ],
  ])('%s is whole with its last byte, however it is cut', (_, whole, kept) => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 12 }), (places) => {
        const pieces = cut(whole, places);
        expect(read(pieces)).toEqual({ answer: { body, kept }, at: pieces.length - 1 });
      }),
      { numRuns: 200 },
    );
  });

  test('that does not say how long it is, ends with its connection', () => {
    const pieces = cut(Buffer.concat([Buffer.from(`${ok}\r\n`), bytes]), [40, 60]);
    expect(read(pieces)).toEqual({ answer: { body, kept: 0 }, at: pieces.length });
  });

  test.each([
    ['by its length', long],
    ['in chunks', Buffer.concat([chunked(9), Buffer.from('0\r\n\r\n')])],
  ])('%s is none when it is cut off, wherever that is', (_, whole) => {
    for (let end = 0; end < whole.length; end += 1)
      expect(read([whole.subarray(0, end)]).answer).toBeUndefined();
  });

  test.each([
    ['close', 'Connection: Close\r\n', 0],
    ['some time', 'Keep-Alive: timeout=5, max=100\r\n', 4_000],
    ['less than the margin', 'keep-alive: timeout=1\r\n', 0],
    ['nothing about it', '', undefined],
  ])('keeps its connection as the peer says: %s', (_, header, kept) => {
    const whole = Buffer.from(`${ok}${header}Content-Length: 2\r\n\r\n{}`);
    expect(read([whole]).answer).toEqual({ body: '{}', kept });
  });

  test('with more behind it than was asked for is the last of its connection', () => {
    expect(read([Buffer.concat([long, Buffer.from('HTTP/1.1 200 OK\r\n')])]).answer).toEqual({
      body,
      kept: 0,
    });
  });

  test('without a body needs no length', () => {
    expect(read([Buffer.from('HTTP/1.1 204 No Content\r\n\r\n')]).answer).toEqual({
      body: '',
      kept: undefined,
    });
  });

  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['a head without end', 'x'.repeat(70_000)],
    ['chunks that are none', `${ok}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
  ])('is not %s', (_, said) => {
    expect(() => read([Buffer.from(said)])).toThrow('an answer');
  });
});
