import { escapeHtml, type Reader, type Words } from '../../runtime/words.ts';
import type { Document } from '../openapi/openapiDocument.ts';
import { operations } from './operation.ts';

/** Every code a caller can meet, with its status and its words; `type` of a problem leads here. */
export function problemList(words: Words, reader: Reader, document: Document): string {
  const codes = new Map<string, string>([
    ['noSuchRoute', '404'],
    ['methodNotAllowed', '405'],
  ]);
  for (const { responses } of operations(document)) {
    for (const [status, response] of Object.entries(responses)) {
      for (const code of response['x-codes']) codes.set(code, status);
    }
  }
  const rows = [...codes]
    .sort(([a, first], [b, second]) => first.localeCompare(second) || a.localeCompare(b))
    .map(([code, status]) => {
      const key = words.has('ru', `api.problem.${code}`) ? `api.problem.${code}` : `refusal.${code}`;
      const text = words.has('ru', key) ? words.label(reader, { key, params: unknown }) : '';
      return `<dt id="${code}"><code>${code}</code> <small>${status}</small></dt><dd>${escapeHtml(text)}</dd>`;
    });
  return `<dl>${rows.join('')}</dl>`;
}

/** What stands where a name, a stage or a time would. */
const unknown = { name: '…', stage: '…', when: '…', id: '…' };
