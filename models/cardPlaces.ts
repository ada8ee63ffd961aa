/** The places of an application's cards, whoever has one open. */
export function cardPlaces(application: string): { _id: { $gte: string; $lt: string } } {
  return { _id: { $gte: `card:${application}:`, $lt: `card:${application};` } };
}
