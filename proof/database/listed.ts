/** The values that an equality or an `$in` of a filter names; undefined when it asks for something else. */
export function listed(wanted: unknown): unknown[] | undefined {
  if (typeof wanted === 'string' || typeof wanted === 'boolean' || typeof wanted === 'number')
    return [wanted];
  if (typeof wanted !== 'object' || wanted === null) return undefined;
  const { $in } = wanted as { $in?: unknown[] };
  return $in && Object.keys(wanted).length === 1 ? $in : undefined;
}
