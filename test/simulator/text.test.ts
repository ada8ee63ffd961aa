import { describe, expect, test } from 'vitest';
import { Params } from '../../simulator/telegram/params.ts';
import { parseHtml } from '../../simulator/telegram/text/parseHtml.ts';
import { parseMarkdown } from '../../simulator/telegram/text/parseMarkdown.ts';
import { parseMarkdownV2 } from '../../simulator/telegram/text/parseMarkdownV2.ts';
import { readText } from '../../simulator/telegram/text/readText.ts';

const short = (formatted: { text: string; entities: { type: string; offset: number; length: number }[] }) => [
  formatted.text,
  ...formatted.entities.map(({ type, offset, length, ...more }) => {
    const value = Object.values(more).join(' ');
    return `${type} ${offset}+${length}${value === '' ? '' : ` ${value}`}`;
  }),
];

describe('HTML', () => {
  test.each<[string, string[]]>([
    [
      '<b>a</b> <i>b</i> <u>c</u> <s>d</s>',
      ['a b c d', 'bold 0+1', 'italic 2+1', 'underline 4+1', 'strikethrough 6+1'],
    ],
    ['<strong><em>a</em></strong>', ['a', 'italic 0+1', 'bold 0+1']],
    ['😀<b>я</b>', ['😀я', 'bold 2+1']],
    ['a &lt;b&gt; &amp; &quot;c&quot; &#171;&#xbb; &copy; &', ['a <b> & "c" «» &copy; &']],
    ['<a href="https://e.com/?a=1&amp;b=2">x</a>', ['x', 'text_link 0+1 https://e.com/?a=1&b=2']],
    ["<a href='tg://user?id=7'>x</a>", ['x', 'text_mention 0+1 [object Object]']],
    ['<pre><code class="language-ts">x</code></pre>', ['x', 'pre 0+1 ts']],
    ['<blockquote expandable>x</blockquote>', ['x', 'expandable_blockquote 0+1']],
    ['<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>', ['xy', 'spoiler 0+1', 'spoiler 1+1']],
    ['<tg-time unix="1647531900" format="wDT">soon</tg-time>', ['soon', 'date_time 0+4 1647531900 wDT']],
    ['<b></b>x', ['x']],
    ['<B>x</B>', ['x', 'bold 0+1']],
  ])('%s', (source, expected) => {
    expect(short(parseHtml(source))).toEqual(expected);
  });

  test.each([
    ['<b', 'Unclosed start tag at byte offset 0'],
    ['<a href=', 'Unclosed start tag "a" at byte offset 0'],
    ['<a href="x', 'Unclosed start tag "a" at byte offset 0'],
    ['<a =x>', 'Empty attribute name in the tag "a" at byte offset 0'],
    ['<a href=x/y>z</a>', 'Unexpected end of name token at byte offset 8'],
    ['</b>', 'Unexpected end tag at byte offset 0'],
    ['<b>x</b', 'Unclosed end tag at byte offset 4'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<tg-time unix="soon">x</tg-time>', 'Invalid date specified'],
  ])('refuses %s', (source, trouble) => {
    expect(() => parseHtml(source)).toThrow(`Bad Request: can't parse entities: ${trouble}`);
  });
});

describe('MarkdownV2', () => {
  test.each<[string, string[]]>([
    [
      '*a* _b_ __c__ ~d~ ||e|| `f`',
      [
        'a b c d e f',
        'bold 0+1',
        'italic 2+1',
        'underline 4+1',
        'strikethrough 6+1',
        'spoiler 8+1',
        'code 10+1',
      ],
    ],
    ['*a _b_*', ['a b', 'italic 2+1', 'bold 0+3']],
    ['1\\.5 \\(x\\)', ['1.5 (x)']],
    ['[x](https://e.com/\\))', ['x', 'text_link 0+1 https://e.com/)']],
    ['```ts\na.b\n```', ['a.b\n', 'pre 0+4 ts']],
    ['>a\n>b\nc', ['a\nb\nc', 'blockquote 0+3']],
    ['![soon](tg://time?unix=5&format=r)', ['soon', 'date_time 0+4 5 r']],
  ])('%s', (source, expected) => {
    expect(short(parseMarkdownV2(source))).toEqual(expected);
  });
});

test('legacy Markdown', () => {
  expect(short(parseMarkdown('*a* _b_ `c` [d](http://e.com) \\_'))).toEqual([
    'a b c d _',
    'bold 0+1',
    'italic 2+1',
    'code 4+1',
    'text_link 6+1 http://e.com',
  ]);
});

describe('any text', () => {
  const read = (text: string, more: object = {}) => short(readText(new Params({ text, ...more }), 'text'));

  test('is trimmed, and its entities move with it', () => {
    expect(read('  <b> a </b>b ', { parse_mode: 'HTML' })).toEqual(['a b', 'bold 0+2']);
  });
  test('has its commands, links, addresses, mentions and hashtags found', () => {
    expect(read('/start и https://e.com/a?b, a@b.ru @some_bot #тег и/или')).toEqual([
      '/start и https://e.com/a?b, a@b.ru @some_bot #тег и/или',
      'bot_command 0+6',
      'url 9+17',
      'email 28+6',
      'mention 35+9',
      'hashtag 45+4',
    ]);
  });
  test('takes given entities, and drops those that lie outside', () => {
    const entities = [
      { type: 'bold', offset: 0, length: 1 },
      { type: 'italic', offset: 1, length: 9 },
    ];
    expect(read('ab', { entities })).toEqual(['ab', 'bold 0+1']);
    expect(read('ab', { entities: JSON.stringify(entities) })).toEqual(['ab', 'bold 0+1']);
  });
  test('may be 4096 characters long after parsing', () => {
    expect(read(`<b>${'x'.repeat(4096)}</b>`, { parse_mode: 'html' })[0]?.length).toBe(4096);
  });
});
