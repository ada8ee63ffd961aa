import type { Reader, Words } from '../../runtime/words.ts';

/**
 * The schemas carry keys of the locales where a reader wants words (`api.field.stage`). A copy of anything, with
 * each such key turned into its text.
 */
export function inWords<T>(words: Words, reader: Reader, thing: T): T {
  const turned: T = JSON.parse(
    JSON.stringify(thing, (_name, value: unknown) =>
      typeof value === 'string' && /^api(\.\w+){2}$/.test(value)
        ? words.label(reader, { key: value })
        : value,
    ),
  );
  return turned;
}
