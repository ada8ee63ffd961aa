import { type TgEntity } from '../../records.ts';
import { Refusal } from '../refusal.ts';
import { type Formatted } from './formatted.ts';
import { htmlEntity } from './htmlEntity.ts';
import { readTag } from './readTag.ts';
import { timeEntity } from './timeEntity.ts';

const SIMPLE: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  a: 'text_link',
  'tg-emoji': 'custom_emoji',
  'tg-time': 'date_time',
};

interface Open {
  name: string;
  attributes: Map<string, string>;
  offset: number;
}

/**
 * parse_mode HTML, after `do_parse_html` of tdlib/td: the same tags, the same refusals, byte offsets included.
 * @throws Refusal `Bad Request: can't parse entities: …`
 */
export function parseHtml(source: string): Formatted {
  let text = '';
  const entities: TgEntity[] = [];
  const open: Open[] = [];
  let at = 0;
  while (at < source.length) {
    const char = source.charAt(at);
    const reference = char === '&' ? htmlEntity(source, at) : null;
    if (reference) {
      text += reference.text;
      at = reference.end;
    } else if (char !== '<') {
      text += char;
      at += 1;
    } else if (source[at + 1] === '/') {
      const { tag, end } = closeTag(source, at, open);
      if (text.length > tag.offset) push(entities, tag, text);
      at = end;
    } else {
      const { name, attributes, end } = readTag(source, at, (tag) => tag in SIMPLE);
      if (name === 'span' && attributes.get('class') !== 'tg-spoiler')
        throw trouble(`Tag "span" must have class "tg-spoiler" at byte offset ${bytes(source, at)}`);
      open.push({ name, attributes, offset: text.length });
      at = end;
    }
  }
  const left = open.at(-1);
  if (left) throw trouble(`Can't find end tag corresponding to start tag "${left.name}"`);
  return { text, entities };
}

function closeTag(source: string, at: number, open: Open[]): { tag: Open; end: number } {
  const tag = open.pop();
  if (!tag) throw trouble(`Unexpected end tag at byte offset ${bytes(source, at)}`);
  const found = /^<\/([^\s>]*)\s*>/.exec(source.slice(at));
  if (!found) throw trouble(`Unclosed end tag at byte offset ${bytes(source, at)}`);
  const name = (found[1] ?? '').toLowerCase();
  if (name !== '' && name !== tag.name) {
    const where = `at byte offset ${bytes(source, at)}`;
    throw trouble(`Unmatched end tag ${where}, expected "</${tag.name}>", found "</${name}>"`);
  }
  return { tag, end: at + found[0].length };
}

function push(entities: TgEntity[], tag: Open, text: string): void {
  const span = { offset: tag.offset, length: text.length - tag.offset };
  const type = SIMPLE[tag.name] ?? 'bold';
  const { attributes } = tag;
  if (type === 'text_link') {
    const url = attributes.get('href') ?? text.slice(tag.offset);
    const user = /^tg:\/\/user\?id=(\d+)$/.exec(url)?.[1];
    if (user !== undefined) {
      const mentioned = { id: Number(user), is_bot: false, first_name: '' };
      entities.push({ type: 'text_mention', ...span, user: mentioned });
    } else if (/^[a-z][a-z0-9+.-]*:|\./i.test(url)) {
      entities.push({ type, ...span, url: url.includes(':') ? url : `http://${url}` });
    }
  } else if (type === 'custom_emoji') {
    entities.push({ type, ...span, custom_emoji_id: attributes.get('emoji-id') ?? '' });
  } else if (type === 'date_time') {
    entities.push(timeEntity(span, attributes.get('unix'), attributes.get('format')));
  } else if (type === 'blockquote') {
    entities.push({ type: attributes.has('expandable') ? 'expandable_blockquote' : type, ...span });
  } else if (type === 'pre') {
    pushPre(entities, span);
  } else {
    const language =
      tag.name === 'code' ? /^language-(.+)$/.exec(attributes.get('class') ?? '')?.[1] : undefined;
    entities.push({ type, ...span, ...(language !== undefined && { language }) });
  }
}

/** `<pre><code class="language-x">` is one pre with a language; a language on code alone is dropped. */
function pushPre(entities: TgEntity[], span: { offset: number; length: number }): void {
  const inner = entities.at(-1);
  if (inner?.type === 'code' && inner.offset === span.offset && inner.length === span.length) entities.pop();
  const language = inner?.type === 'code' ? inner.language : undefined;
  entities.push({ type: 'pre', ...span, ...(language !== undefined && { language }) });
}

function bytes(source: string, at: number): number {
  return Buffer.byteLength(source.slice(0, at));
}

function trouble(what: string): Refusal {
  return Refusal.bad(`can't parse entities: ${what}`);
}
