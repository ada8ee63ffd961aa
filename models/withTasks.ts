/** What a `find` asks for who has an open task about them: a member's, or anybody's. Read by an index. */
export function withTasks(member?: string) {
  // Of everybody: a member's id is a text.
  return { tasked: member ?? { $gte: '' } };
}
