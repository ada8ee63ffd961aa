import { existsSync, readFileSync } from 'node:fs';

const HEADER = 32;
const FRAME_HEADER = 24;

/**
 * The frames of a write-ahead log that end a transaction, counted from 1. SQLite goes on without a word at the state
 * before the first frame that is not whole; at the end of the log that is a write cut off by a crash and never
 * confirmed, but with more than one transaction behind it confirmed writes would be gone: see `Database`.
 * https://sqlite.org/fileformat2.html#walformat
 *
 * @returns undefined when the head of the log is damaged
 */
export function commitFrames(file: string): number[] | undefined {
  const wal = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  if (wal.length < HEADER + FRAME_HEADER) return [];
  if (!isWholeHead(wal)) return wal.subarray(0, HEADER).every((byte) => byte === 0) ? [] : undefined;
  const size = FRAME_HEADER + wal.readUInt32BE(8);
  const salt = wal.subarray(16, 24);
  const frames: number[] = [];
  for (let at = HEADER, n = 1; at + size <= wal.length; at += size, n += 1) {
    const isOwn = wal.compare(salt, 0, 8, at + 8, at + 16) === 0;
    if (isOwn && wal.readUInt32BE(at + 4) > 0) frames.push(n);
  }
  return frames;
}

function isWholeHead(wal: Buffer): boolean {
  const magic = wal.readUInt32BE(0);
  if ((magic & ~1) >>> 0 !== 0x377f0682) return false;
  const word = (at: number): number => (magic & 1 ? wal.readUInt32BE(at) : wal.readUInt32LE(at));
  let [a, b] = [0, 0];
  for (let at = 0; at < 24; at += 8) {
    a = (a + word(at) + b) >>> 0;
    b = (b + word(at + 4) + a) >>> 0;
  }
  return a === wal.readUInt32BE(24) && b === wal.readUInt32BE(28);
}
