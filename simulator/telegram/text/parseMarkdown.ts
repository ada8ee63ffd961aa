import { type TgEntity } from '../../records.ts';
import { Refusal } from '../refusal.ts';
import { type Formatted } from './formatted.ts';

/**
 * The legacy parse_mode Markdown: bold, italic, code, pre and links, not nested.
 * @throws Refusal `can't parse entities: Can't find end of the entity starting at byte offset N`
 */
export function parseMarkdown(source: string): Formatted {
  let text = '';
  const entities: TgEntity[] = [];
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    if (/^\\[_*`[]/.test(rest)) {
      text += source.charAt(at + 1);
      at += 2;
      continue;
    }
    const mark = source.charAt(at);
    if (!'_*`['.includes(mark)) {
      text += mark;
      at += 1;
      continue;
    }
    const found = shape(rest);
    if (!found) {
      const where = Buffer.byteLength(source.slice(0, at));
      throw Refusal.bad(
        `can't parse entities: Can't find end of the entity starting at byte offset ${where}`,
      );
    }
    const { inner, length, ...entity } = found;
    if (inner.length > 0 && entity.type !== '')
      entities.push({ ...entity, offset: text.length, length: inner.length });
    text += inner;
    at += length;
  }
  return { text, entities };
}

function shape(
  rest: string,
): { type: string; inner: string; length: number; url?: string; language?: string } | null {
  const pre = /^```(?:([a-z0-9+-]+)\n)?([\s\S]*?)```/i.exec(rest);
  if (pre) {
    const [whole, language, inner = ''] = pre;
    return { type: 'pre', inner, length: whole.length, ...(language !== undefined && { language }) };
  }
  const link = /^\[([^\]]*)\](?:\(([^)]*)\))?/.exec(rest);
  if (link) {
    const [whole, inner = '', url] = link;
    return { type: url ? 'text_link' : '', inner, length: whole.length, ...(url && { url }) };
  }
  const plain = /^([_*`])([\s\S]*?)\1/.exec(rest);
  if (!plain) return null;
  const [whole, mark, inner = ''] = plain;
  const type = mark === '*' ? 'bold' : mark === '_' ? 'italic' : 'code';
  return { type, inner, length: whole.length };
}
