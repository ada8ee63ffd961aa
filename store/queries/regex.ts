import { notDone, StoreError } from '../storeError.ts';

const KEPT_ESCAPES = new Set([...'dDwWbBnrtfv0123456789']);
const LONGEST = 32_761;
const SPACES = '\\t\\n\\v\\f\\r ';

/**
 * Translates a PCRE pattern, as MongoDB takes it, into a JavaScript expression of the same meaning: `.` stops at a
 * line feed only, `$` also stands before a last line feed, `\s` is ASCII. What would mean something else is refused.
 * https://www.mongodb.com/docs/manual/reference/operator/query/regex/
 *
 * @throws StoreError 51091 for a broken pattern, 238 for PCRE beyond JavaScript
 */
export function regex(pattern: string, options: string): RegExp {
  if (`${pattern}${options}`.includes('\0'))
    throw new StoreError(2, 'Regular expression cannot contain an embedded null byte');
  if (pattern.length > LONGEST) throw new StoreError(51091, 'Regular expression is too long');
  for (const option of options) {
    if (!'imsu'.includes(option)) {
      if (option === 'x') throw notDone('regex option x');
      throw new StoreError(51108, `invalid flag in regex options: ${option}`);
    }
  }
  const source = translate(pattern, options.includes('m'), options.includes('s'));
  try {
    return new RegExp(source, options.includes('i') ? 'iu' : 'u');
  } catch {
    throw new StoreError(51091, `Regular expression is invalid or beyond this store: /${pattern}/`);
  }
}

function translate(pattern: string, multiline: boolean, dotAll: boolean): string {
  let out = '';
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] ?? '';
    if (char === '\\') {
      at += 1;
      out += escape(pattern, at, inClass);
      if (/^[xpP]$/.test(pattern[at] ?? '')) {
        const more = /^(?:[0-9a-fA-F]{2}|\{\^?\w+\})/.exec(pattern.slice(at + 1))?.[0] ?? '';
        out += more;
        at += more.length;
      }
    } else if (inClass) {
      if (char === '[' && /^\[[:.=]/.test(pattern.slice(at)))
        throw notDone('POSIX character classes in regex');
      if (char === ']') inClass = false;
      out += char === '[' ? '\\[' : char;
    } else if (char === '[') {
      inClass = true;
      out += char;
      if (pattern[at + 1] === '^') {
        out += '^';
        at += 1;
      }
      if (pattern[at + 1] === ']') {
        out += '\\]';
        at += 1;
      }
    } else if (char === '.') out += dotAll ? '[^]' : '[^\\n]';
    else if (char === '^') out += multiline ? '(?:(?<![^])|(?<=\\n)(?=[^]))' : '(?<![^])';
    else if (char === '$') out += multiline ? '(?=\\n|(?![^]))' : '(?=\\n?(?![^]))';
    else if (char === '(' && /^\(\?(?![:=!]|<[=!a-zA-Z_])/.test(pattern.slice(at))) {
      throw notDone(`the regex group "${pattern.slice(at, at + 4)}"`);
    } else if (char === '(' && pattern[at + 1] === '*') throw notDone('PCRE verbs in regex');
    else if (char === ']') out += '\\]';
    else if (char === '}') out += /\{\d*,?\d*$/.test(out) ? char : '\\}';
    else if (char === '{') out += /^\{\d+(,\d*)?\}/.test(pattern.slice(at)) ? char : '\\{';
    else out += char;
  }
  return out;
}

function escape(pattern: string, at: number, inClass: boolean): string {
  const char = pattern.charAt(at);
  if (char === '') throw new StoreError(51091, 'Regular expression is invalid: \\ at end of pattern');
  if (char === 's') return inClass ? SPACES : `[${SPACES}]`;
  if (char === 'S' && !inClass) return `[^${SPACES}]`;
  if (char === 'A' && !inClass) return '(?<![^])';
  if (char === 'z' && !inClass) return '(?![^])';
  if (char === 'Z' && !inClass) return '(?=\\n?(?![^]))';
  if (char === 'v') return inClass ? '\\n\\v\\f\\r\\x85\\u2028\\u2029' : '[\\n\\v\\f\\r\\x85\\u2028\\u2029]';
  if (char === 'b' && inClass) return '\\x08';
  if (KEPT_ESCAPES.has(char) || /[xpP]/.test(char)) return `\\${char}`;
  if (/[a-zA-Z]/.test(char)) throw notDone(`the regex escape \\${char}`);
  if ('^$\\.*+?()[]{}|/'.includes(char)) return `\\${char}`;
  return char === '-' && inClass ? '\\-' : char;
}
