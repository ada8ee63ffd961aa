import { inflateRawSync } from 'node:zlib';

/** How many bytes the parts of a workbook may have when they are unpacked, all together. */
const mostBytes = 200 * 1024 * 1024;
/** More parts than any workbook has. */
const mostParts = 2_000;

/**
 * Unpack every part of a ZIP file and throw it away, to know that it stays within bounds: what a part's header says
 * of its size may be a lie, so a bomb is only known by unpacking it with a limit.
 *
 * @returns the names of its parts; `tooLarge` for a bomb, `broken` for anything that is no plain ZIP
 */
export function checkZip(bytes: Buffer): string[] | 'tooLarge' | 'broken' {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > bytes.length) return 'broken';
  const count = bytes.readUInt16LE(end + 10);
  if (count > mostParts) return 'tooLarge';
  const names: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  let left = mostBytes;
  try {
    for (let part = 0; part < count; part += 1) {
      if (bytes.readUInt32LE(at) !== 0x02014b50) return 'broken';
      const method = bytes.readUInt16LE(at + 10);
      const packed = bytes.readUInt32LE(at + 20);
      const nameLength = bytes.readUInt16LE(at + 28);
      names.push(bytes.toString('utf8', at + 46, at + 46 + nameLength));
      const size = unpackedSize(bytes, bytes.readUInt32LE(at + 42), method, packed, left);
      if (typeof size === 'string') return size;
      left -= size;
      at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
  } catch {
    // Read past its end.
    return 'broken';
  }
  return names;
}

function unpackedSize(
  bytes: Buffer,
  header: number,
  method: number,
  packed: number,
  most: number,
): number | 'tooLarge' | 'broken' {
  const begin = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  if (method === 0) return packed > most ? 'tooLarge' : packed;
  if (method !== 8 || packed === 0xffffffff) return 'broken';
  try {
    return inflateRawSync(bytes.subarray(begin, begin + packed), { maxOutputLength: Math.max(most, 1) })
      .length;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ERR_BUFFER_TOO_LARGE' ? 'tooLarge' : 'broken';
  }
}
