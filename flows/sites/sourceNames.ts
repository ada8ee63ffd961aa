/** Where leads come from by themselves. The name is also the application's source, and a word of the locales (`source.hh`). */
export const sourceNames = ['hh', 'avito', 'novofon'] as const;
export type SourceName = (typeof sourceNames)[number];

/** Where the person reads what was decided: any response is answered there, or those that have a chat. */
export const answeredSources: Partial<Record<SourceName, 'any' | 'chat'>> = { hh: 'any', avito: 'chat' };

export function isSourceName(text: string): text is SourceName {
  return sourceNames.some((name) => name === text);
}

/** Why a source gave nothing; all but `noAnswer` and `limit` are the head's to mend. */
export const sourceFaults = ['wrongKey', 'notConnected', 'notAllowed', 'paid', 'limit', 'noAnswer'] as const;
export type SourceFault = (typeof sourceFaults)[number];

/** Why it took no answer; `closed`: that response takes none any more. */
export const answerFaults = [...sourceFaults, 'closed'] as const;
export type AnswerFault = (typeof answerFaults)[number];
