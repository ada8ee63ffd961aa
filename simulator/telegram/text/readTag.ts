import { Refusal } from '../refusal.ts';
import { htmlEntity } from './htmlEntity.ts';

/** A start tag, its attributes, and the index behind its `>`. */
export interface Tag {
  name: string;
  attributes: Map<string, string>;
  end: number;
}

/**
 * Reads the start tag at `at`, as tdlib/td does: names without case, attributes quoted, bare or without a value.
 * @param supported whether Telegram knows a tag of this name.
 * @throws Refusal with the byte offset of the fault.
 */
export function readTag(source: string, at: number, supported: (name: string) => boolean): Tag {
  const offset = (where: number): number => Buffer.byteLength(source.slice(0, where));
  const trouble = (what: string): Refusal => Refusal.bad(`can't parse entities: ${what}`);
  const name = /^[^\s>]*/.exec(source.slice(at + 1))?.[0].toLowerCase() ?? '';
  let i = at + 1 + name.length;
  if (i >= source.length) throw trouble(`Unclosed start tag at byte offset ${offset(at)}`);
  if (!supported(name)) throw trouble(`Unsupported start tag "${name}" at byte offset ${offset(at)}`);
  const attributes = new Map<string, string>();
  const skipSpace = (): void => {
    while (/\s/.test(source.charAt(i))) i += 1;
  };

  for (skipSpace(); source[i] !== '>'; skipSpace()) {
    const unclosed = trouble(`Unclosed start tag "${name}" at byte offset ${offset(at)}`);
    if (i >= source.length) throw unclosed;
    const key = /^[^\s=>]*/.exec(source.slice(i))?.[0] ?? '';
    if (key === '') throw trouble(`Empty attribute name in the tag "${name}" at byte offset ${offset(at)}`);
    i += key.length;
    skipSpace();
    if (source[i] !== '=') {
      attributes.set(key, '');
      continue;
    }
    i += 1;
    skipSpace();
    const quote = source.charAt(i);
    if (quote === '"' || quote === "'") {
      const value = quoted(source, i);
      if (!value) throw unclosed;
      attributes.set(key, value.text);
      i = value.end;
    } else {
      const token = /^[a-z0-9.-]*/i.exec(source.slice(i))?.[0] ?? '';
      if (i + token.length >= source.length) throw unclosed;
      if (!/[\s>]/.test(source.charAt(i + token.length)))
        throw trouble(`Unexpected end of name token at byte offset ${offset(i)}`);
      attributes.set(key, token.toLowerCase());
      i += token.length;
    }
  }
  return { name, attributes, end: i + 1 };
}

function quoted(source: string, at: number): { text: string; end: number } | null {
  const quote = source.charAt(at);
  let text = '';
  let i = at + 1;
  while (i < source.length && source[i] !== quote) {
    const reference = source[i] === '&' ? htmlEntity(source, i) : null;
    text += reference ? reference.text : source.charAt(i);
    i = reference ? reference.end : i + 1;
  }
  return i < source.length ? { text, end: i + 1 } : null;
}
