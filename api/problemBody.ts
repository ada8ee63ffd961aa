import type { Reader, Words } from '../runtime/words.ts';
import { type Problem, problemStatus } from './problem.ts';

/**
 * A problem as RFC 9457 has it: `title` says what kind, `detail` what happened here, both in the caller's language;
 * programs look at `code`. `type` leads to the documentation.
 */
export function problemBody(words: Words, reader: Reader, { code, params, errors, more }: Problem) {
  const status = problemStatus(code);
  const key = words.has('ru', `api.problem.${code}`) ? `api.problem.${code}` : `refusal.${code}`;
  const detail = words.has('ru', key) ? words.label(reader, { key, ...(params && { params }) }) : code;
  return {
    type: `/api/docs#${code}`,
    title: words.label(reader, { key: `api.status.${status}` }),
    status,
    code,
    detail,
    ...(errors && { errors }),
    ...more,
  };
}
