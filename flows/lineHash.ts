import type { Name } from './pipelines/pipeline.ts';

/**
 * A short name of a check-list's line that is made of its words (FNV-1a): a list that is edited meanwhile never has
 * another line ticked. Seven letters and digits at most.
 */
export function lineHash(line: Name): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(JSON.stringify(line)))
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36);
}
