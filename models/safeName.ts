/** How long a file's name may be, in characters. */
const longest = 100;

/**
 * A file's name as it may stand in a message, a header and on a disk: no folders, no control or direction characters,
 * nothing a shell or Windows takes for more than a letter; its ending stays.
 *
 * @example safeName('../a\u202Efdp.exe') // 'afdp.exe'
 */
export function safeName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .replaceAll(/[<>:"|?*`$]/g, '_')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '');
  if (plain === '') return 'file';
  const ending = /\.[\p{L}\p{N}]{1,8}$/u.exec(plain)?.[0] ?? '';
  const stem = [...plain.slice(0, plain.length - ending.length)];
  return `${stem.slice(0, longest - ending.length).join('')}${ending}`;
}
