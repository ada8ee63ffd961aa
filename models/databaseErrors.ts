/** A unique index refused a second one: the expected answer to a repetition, never a fault. */
export function isDuplicate(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 11_000;
}

/** The database did not answer: the same work may be tried again, as often as it takes. */
export function isOutOfReach(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // A bulk that lost its connection says so only inside: the driver wraps it as if a write had been refused.
  if (error.name === 'MongoBulkWriteError' && 'errorResponse' in error)
    return isOutOfReach(error.errorResponse);
  // A connection that breaks while the driver writes to it is told by the system's own error.
  if ('syscall' in error) return true;
  return /^Mongo(Network|ServerSelection|NotConnected|PoolCleared|TopologyClosed|ConnectionPool)/.test(
    error.name,
  );
}

/**
 * Insert what is not there yet; rows that are there already stay as they are, and of several with one id the first
 * counts. Returns the ids that were new.
 */
export async function insertNew<T extends { _id: string }>(
  collection: { insertMany(rows: T[], options: { ordered: false }): Promise<unknown> },
  given: T[],
): Promise<Set<string>> {
  const fresh = new Set<string>();
  const rows = given.filter(({ _id }) => !fresh.has(_id) && fresh.add(_id));
  if (rows.length === 0) return fresh;
  try {
    await collection.insertMany(rows, { ordered: false });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const list = (error as { writeErrors?: { index: number; code: number }[] }).writeErrors ?? [];
    for (const { index, code } of list) {
      if (code !== 11_000) throw error;
      const row = rows[index];
      if (row) fresh.delete(row._id);
    }
  }
  return fresh;
}
