import type { Request } from 'express';
import type { Reader } from '../runtime/words.ts';
import type { ApiDeps } from './apiDeps.ts';

/** In whose language to answer: of `Accept-Language`, else the agency's. Times in texts are in the agency's zone. */
export function readerOf({ words, policy }: Pick<ApiDeps, 'words' | 'policy'>, request: Request): Reader {
  const langs = [policy.lang, ...words.langs.filter((lang) => lang !== policy.lang)];
  return { lang: request.acceptsLanguages(...langs) || policy.lang, zone: policy.zone };
}
