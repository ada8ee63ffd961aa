/** The key of the alarm that says of a row of the ledger: send it now, or: look whether it arrived. */
export function rowAlarm(kind: 'deliver' | 'undelivered', row: string): string {
  return `${kind}:${row}`;
}
