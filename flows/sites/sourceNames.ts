/** Where leads come from by themselves. The name is also the application's source, and a word of the locales (`source.hh`). */
export const sourceNames = ['hh', 'avito', 'novofon'] as const;
export type SourceName = (typeof sourceNames)[number];

/** Why a source gave nothing; all but `noAnswer` and `limit` are the head's to mend. */
export const sourceFaults = ['wrongKey', 'notConnected', 'notAllowed', 'paid', 'limit', 'noAnswer'] as const;
export type SourceFault = (typeof sourceFaults)[number];
