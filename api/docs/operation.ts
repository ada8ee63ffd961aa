import { z } from 'zod';
import { escapeHtml } from '../../runtime/words.ts';
import type { Document } from '../openapi/openapiDocument.ts';
import { shape, type Say, typeOf } from './shape.ts';

/** A part of the document that is read here: whatever else it holds stays aside. */
const schema = z.record(z.string(), z.unknown());
const content = z.record(z.string(), z.object({ schema })).optional();
const operationShape = z.object({
  operationId: z.string(),
  summary: z.string(),
  tags: z.array(z.string()),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.string(),
        required: z.boolean().optional(),
        description: z.string().optional(),
        schema: schema.optional(),
      }),
    )
    .default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(
    z.string(),
    z.object({ description: z.string(), content, 'x-codes': z.array(z.string()).default([]) }),
  ),
});

export type Operation = z.output<typeof operationShape> & { method: string; path: string };

/** Every operation of the document, in its order. */
export function operations(document: Document): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item).map(([method, one]) => ({ ...operationShape.parse(one), method, path })),
  );
}

/** One operation, folded until it is looked at. */
export function operation(say: Say, document: Document, one: Operation): string {
  const body = Object.values(one.requestBody?.content ?? {})[0]?.schema;
  const kind = one.method === 'get' ? 'read' : 'write';
  return `<details><summary><span class="method ${kind}">${one.method.toUpperCase()}</span>
<code>${one.path.replaceAll('/', '/<wbr>')}</code><span class="what">${escapeHtml(one.summary)}</span></summary><span id="${one.operationId}"></span>
${parameters(say, one)}${body ? `<h3>${say('body')}</h3>${shape(say, document, body)}` : ''}
<h3>${say('answers')}</h3><dl>${Object.entries(one.responses)
    .map(([status, response]) => answer(status, response))
    .join('')}</dl></details>`;
}

function parameters(say: Say, { parameters: list }: Operation): string {
  if (list.length === 0) return '';
  const rows = list.map(
    ({ name, in: where, required, description, schema: type }) =>
      `<dt><code>${escapeHtml(name)}</code> <small>${where === 'query' ? '' : where} ${typeOf(type ?? {})}${required ? ` · ${say('required')}` : ''}</small></dt><dd>${escapeHtml(description ?? '')}</dd>`,
  );
  return `<h3>${say('parameters')}</h3><dl>${rows.join('')}</dl>`;
}

/** What any request can meet stands once, under the problems; an operation shows what is its own. */
const everywhere = new Set([
  'invalidRequest',
  'unauthorized',
  'internal',
  'badJson',
  'notJson',
  'tooLarge',
  'noSuchMember',
  'keyReused',
  'readOnly',
]);

function answer(status: string, response: Operation['responses'][string]): string {
  const own = response['x-codes'].filter((code) => !everywhere.has(code));
  if (own.length === 0 && response['x-codes'].length > 0) return '';
  const type = Object.values(response.content ?? {})[0]?.schema;
  const codes = own.map((code) => `<a href="#${code}"><code>${code}</code></a>`).join(' ');
  return `<dt><code>${status}</code> <small>${escapeHtml(response.description)}</small></dt><dd>${codes || typeOf(type ?? {})}</dd>`;
}
