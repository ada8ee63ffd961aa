import { z } from 'zod';
import { escapeHtml } from '../../runtime/words.ts';
import type { Document } from '../openapi/openapiDocument.ts';

/** A word of the page. */
export type Say = (key: string) => string;

const part = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  description: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).default([]),
});

/** The type of a schema in a few characters, with a link where it has a name. */
export function typeOf(schema: unknown): string {
  const { $ref, type, format, enum: values, items, anyOf } = part.parse(schema);
  if ($ref !== undefined) return linkTo($ref.split('/').at(-1) ?? '');
  if (values) return values.map((value) => `<code>${escapeHtml(String(value))}</code>`).join(' ');
  if (anyOf) return anyOf.map(typeOf).join(' / ');
  if (items !== undefined) return `${typeOf(items)}[]`;
  return format ?? String(type ?? '');
}

function linkTo(name: string): string {
  const item = name.endsWith('Page') ? name.slice(0, -4) : undefined;
  if (item !== undefined) return `{ items: ${linkTo(item)}[], next? }`;
  return `<a href="#schema-${name}">${name}</a>`;
}

/** The fields of an object, those within them indented below. */
export function shape(say: Say, document: Document, schema: unknown): string {
  const { properties, required } = part.parse(schema);
  const fields = Object.entries(properties ?? {}).map(([name, field]) => {
    const { description, items, properties: inner } = part.parse(field);
    const must = required.includes(name) ? '' : ` · ${say('optional')}`;
    const nested = inner ? field : items !== undefined && part.parse(items).properties ? items : undefined;
    return `<dt><code>${name}</code> <small>${typeOf(field)}${must}</small></dt><dd>${escapeHtml(description ?? '')}${nested ? shape(say, document, nested) : ''}</dd>`;
  });
  return fields.length > 0 ? `<dl>${fields.join('')}</dl>` : `<p>${typeOf(schema)}</p>`;
}
