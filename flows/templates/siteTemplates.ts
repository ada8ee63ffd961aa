import type { SourceName } from '../sites/sourceNames.ts';

/** The agency's words for an answer to a response at a site: kept among the quick answers, sent by the product. */
export const siteTemplates: readonly string[] = ['hhInvite', 'hhRefuse', 'avitoInvite', 'avitoRefuse'];

/** @example siteTemplate('hh', 'invite') // 'hhInvite' */
export function siteTemplate(source: SourceName, kind: 'invite' | 'refuse'): string {
  return `${source}${kind === 'invite' ? 'Invite' : 'Refuse'}`;
}
