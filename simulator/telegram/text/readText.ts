import { z } from 'zod';
import { type TgEntity } from '../../records.ts';
import { type Params } from '../params.ts';
import { Refusal } from '../refusal.ts';
import { detectEntities } from './detectEntities.ts';
import { type Formatted } from './formatted.ts';
import { parseHtml } from './parseHtml.ts';
import { parseMarkdown } from './parseMarkdown.ts';
import { parseMarkdownV2 } from './parseMarkdownV2.ts';
import { trimFormatted } from './trimFormatted.ts';

const given = z.array(
  z.looseObject({
    type: z.string(),
    offset: z.number().int().min(0),
    length: z.number().int().min(0),
    url: z.string().optional(),
    unix_time: z.number().optional(),
    date_time_format: z.string().optional(),
  }),
);

/**
 * The text or the caption of a call, parsed by its `parse_mode` or with the entities that came along, trimmed, and with
 * what Telegram detects by itself. Lengths are in UTF-16 units.
 * @param name the parameter: `text` or `caption`.
 * @throws Refusal when it is too long or its markup is wrong; an empty one is the caller's business.
 */
export function readText(params: Params, name: 'text' | 'caption'): Formatted {
  const source = (params.text(name) ?? '').replaceAll('\r', '');
  const formatted = trimFormatted(parse(source, params, name));
  if (name === 'text' && formatted.text.length > 4096) throw Refusal.bad('message is too long');
  if (name === 'caption' && formatted.text.length > 1024) throw Refusal.bad('message caption is too long');
  return trimFormatted({
    text: formatted.text,
    entities: [...formatted.entities, ...detectEntities(formatted.text, formatted.entities)],
  });
}

function parse(source: string, params: Params, name: 'text' | 'caption'): Formatted {
  const mode = params.text('parse_mode')?.toLowerCase() ?? '';
  if (mode === 'html') return parseHtml(source);
  if (mode === 'markdownv2') return parseMarkdownV2(source);
  if (mode === 'markdown') return parseMarkdown(source);
  if (mode !== '' && mode !== 'none') throw Refusal.bad('unsupported parse_mode');
  return {
    text: source,
    entities: readEntities(params, name === 'text' ? 'entities' : 'caption_entities', source),
  };
}

function readEntities(params: Params, name: string, text: string): TgEntity[] {
  const raw = params.json(name, 'message entities');
  if (raw === undefined) return [];
  const entities = given.safeParse(raw);
  if (!entities.success) throw Refusal.bad("can't parse MessageEntity: expected an Array of objects");
  return entities.data.flatMap((entity) => {
    if (entity.offset + entity.length > text.length || entity.length === 0) return [];
    const { type, offset, length, url, unix_time, date_time_format } = entity;
    const language = typeof entity['language'] === 'string' ? entity['language'] : undefined;
    return [{ type, offset, length, ...defined({ url, unix_time, date_time_format, language }) }];
  });
}

function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
