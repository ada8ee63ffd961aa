/** What a `find` asks for who is met from `from` until before `until` (milliseconds of UTC). Read by an index. */
export function metWithin(from: number, until: number) {
  return { applications: { $elemMatch: { 'interview.start': { $gte: from, $lt: until } } } };
}
