/** The SQL on a collection's table, made once so that its statements are found quickly. */
export const rowSql = (table: string) => ({
  insert: `INSERT INTO ${table} VALUES (?, ?)`,
  replace: `UPDATE ${table} SET b = ? WHERE r = ?`,
  remove: `DELETE FROM ${table} WHERE r = ?`,
});

/**
 * The SQL on one index's table, made once so that its statements are found quickly. `rows` is the collection's table.
 * `LIMIT 0 + ?`, because SQLite prepares a statement anew for each value bound to a bare `LIMIT ?` (measured: ten times
 * the cost of the search).
 */
export function indexSql(table: string, rows: string) {
  const joined = `FROM ${table} i CROSS JOIN ${rows} c ON c.r = i.r WHERE`;
  return {
    table,
    insert: `INSERT OR IGNORE INTO ${table} VALUES (?, ?)`,
    remove: `DELETE FROM ${table} WHERE k = ? AND r = ?`,
    other: `SELECT r FROM ${table} WHERE k = ? AND r <> ? LIMIT 1`,
    holder: `SELECT c.b ${joined} i.k = ? LIMIT 1`,
    point: `SELECT i.r, c.b ${joined} i.k = ?`,
    count: `SELECT count(*) FROM (SELECT 1 FROM ${table} WHERE k >= ? AND k < ? LIMIT 0 + ?)`,
    forward: `SELECT i.k, i.r, c.b ${joined} (i.k, i.r) > (?, ?) AND i.k < ? ORDER BY i.k, i.r LIMIT 0 + ?`,
    backward: `SELECT i.k, i.r, c.b ${joined} (i.k, i.r) < (?, ?) AND i.k >= ? ORDER BY i.k DESC, i.r DESC LIMIT 0 + ?`,
  };
}
