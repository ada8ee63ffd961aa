/** The ids of our own files that are named anywhere in a value: an answer, a note's attachment, a message. */
export function keptFiles(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'channel' in value && value.channel === 'kept' && 'id' in value ? [String(value.id)] : [];
  return [...own, ...Object.values(value).flatMap(keptFiles)];
}
