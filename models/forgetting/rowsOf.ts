/** The rows an event ordered: their ids are made of the event's. */
export function rowsOf(event: string): { _id: { $gte: string; $lt: string } } {
  return { _id: { $gte: `${event}:`, $lt: `${event};` } };
}

/** …and all the others. */
export function rowsBut(event: string): { $or: object[] } {
  return { $or: [{ _id: { $lt: `${event}:` } }, { _id: { $gte: `${event};` } }] };
}
