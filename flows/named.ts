/**
 * A thing whose name the locales may know (`source.hh`), or that an agency called in its own words: those are shown
 * as they are. Never a raw key.
 */
export function named(section: string, name: string): { key: string; or: string } {
  return { key: /^\w+$/.test(name) ? `${section}.${name}` : `${section}.-`, or: name };
}
