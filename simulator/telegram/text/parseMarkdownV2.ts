import { type TgEntity } from '../../records.ts';
import { Refusal } from '../refusal.ts';
import { type Formatted } from './formatted.ts';
import { timeEntity } from './timeEntity.ts';

const MARKS: Record<string, string> = {
  '*': 'Bold',
  _: 'Italic',
  __: 'Underline',
  '~': 'Strikethrough',
  '||': 'Spoiler',
  '`': 'Code',
  '```': 'PreCode',
  '[': 'TextUrl',
  '![': 'CustomEmoji',
};
const TYPES: Record<string, string> = {
  Bold: 'bold',
  Italic: 'italic',
  Underline: 'underline',
  Strikethrough: 'strikethrough',
  Spoiler: 'spoiler',
  Code: 'code',
};

interface Open {
  mark: string;
  offset: number;
  at: number;
  language?: string;
}

/**
 * parse_mode MarkdownV2, after `do_parse_markdown_v2` of tdlib/td.
 * @throws Refusal for a reserved character without a backslash and for an entity without an end.
 */
export function parseMarkdownV2(source: string): Formatted {
  return new Reader(source).read();
}

class Reader {
  private text = '';
  private at = 0;
  private readonly entities: TgEntity[] = [];
  private readonly open: Open[] = [];
  private quote: { offset: number } | null = null;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  read(): Formatted {
    while (this.at < this.source.length) this.step();
    this.endQuote();
    const left = this.open.at(-1);
    if (left) {
      const where = `starting at byte offset ${this.bytes(left.at)}`;
      throw trouble(`Can't find end of ${MARKS[left.mark] ?? 'the'} entity ${where}`);
    }
    return { text: this.text, entities: this.entities };
  }

  private step(): void {
    const { source, at } = this;
    const char = source.charAt(at);
    const code = source.charCodeAt(at + 1);
    if (char === '\\' && code > 0 && code <= 126) return this.take(source.charAt(at + 1), 2);
    const lineStart = at === 0 || source[at - 1] === '\n';
    const within = this.open.at(-1);
    if (within && (within.mark === '`' || within.mark === '```')) {
      if (!source.startsWith(within.mark, at)) return this.take(char, 1);
      return this.close(within.mark);
    }
    if (lineStart && this.quote && char !== '>') this.endQuote();
    if (lineStart && (char === '>' || source.startsWith('**>', at))) {
      if (char === '*') this.endQuote();
      this.quote ??= { offset: this.text.length };
      this.at += char === '*' ? 3 : 1;
      return;
    }
    if (
      this.quote &&
      source.startsWith('||', at) &&
      /^\|\|(\n|$)/.test(source.slice(at)) &&
      within?.mark !== '||'
    ) {
      this.at += 2;
      return this.endQuote('expandable_blockquote');
    }
    const mark = ['```', '__', '||', '![', '*', '_', '~', '`', '['].find((m) => source.startsWith(m, at));
    if (mark !== undefined) return within?.mark === mark ? this.close(mark) : this.begin(mark);
    if (char === ']' && (within?.mark === '[' || within?.mark === '![')) return this.link(within);
    if ('_*[]()~`>#+-=|{}.!'.includes(char))
      throw trouble(`Character '${char}' is reserved and must be escaped with the preceding '\\'`);
    this.take(char, 1);
  }

  private take(text: string, length: number): void {
    this.text += text;
    this.at += length;
  }

  private begin(mark: string): void {
    const started: Open = { mark, offset: this.text.length, at: this.at };
    this.at += mark.length;
    const language = mark === '```' ? /^([a-z0-9+-]+)\n/i.exec(this.source.slice(this.at)) : null;
    if (language?.[1] !== undefined) started.language = language[1];
    if (mark === '```') this.at += language?.[0].length ?? (this.source[this.at] === '\n' ? 1 : 0);
    this.open.push(started);
  }

  private close(mark: string): void {
    const started = this.open.pop();
    this.at += mark.length;
    if (!started || this.text.length === started.offset) return;
    const span = { offset: started.offset, length: this.text.length - started.offset };
    const { language } = started;
    const type = mark === '```' ? 'pre' : (TYPES[MARKS[mark] ?? ''] ?? 'bold');
    this.entities.push({ type, ...span, ...(language !== undefined && { language }) });
  }

  private link(started: Open): void {
    this.open.pop();
    const found = /^\]\(((?:\\[\s\S]|[^)\\])*)\)/.exec(this.source.slice(this.at));
    const span = { offset: started.offset, length: this.text.length - started.offset };
    if (!found) {
      if (started.mark === '![') throw trouble('Custom emoji entity must contain a tg://emoji URL');
      this.at += 1;
      return;
    }
    this.at += found[0].length;
    const url = (found[1] ?? '').replace(/\\([\s\S])/g, '$1');
    if (span.length === 0) return;
    const query = new URLSearchParams(url.split('?')[1] ?? '');
    if (started.mark === '[') this.entities.push({ type: 'text_link', ...span, url });
    else if (url.startsWith('tg://time?'))
      this.entities.push(timeEntity(span, query.get('unix') ?? undefined, query.get('format') ?? ''));
    else this.entities.push({ type: 'custom_emoji', ...span, custom_emoji_id: query.get('id') ?? '' });
  }

  private endQuote(type = 'blockquote'): void {
    if (!this.quote) return;
    const { offset } = this.quote;
    this.quote = null;
    const length = this.text.slice(offset).replace(/\n$/, '').length;
    if (length > 0) this.entities.push({ type, offset, length });
  }

  private bytes(at: number): number {
    return Buffer.byteLength(this.source.slice(0, at));
  }
}

function trouble(what: string): Refusal {
  return Refusal.bad(`can't parse entities: ${what}`);
}
