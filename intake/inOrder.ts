/**
 * Work on several things at once, but one after the other on those that share a mark: whoever the first one makes, the
 * next one finds. When one fails, the others are awaited, and the first fault is thrown.
 */
export async function inOrder<T, R>(
  items: T[],
  marksOf: (item: T) => string[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const last = new Map<string, Promise<unknown>>();
  const running = items.map((item) => {
    const marks = marksOf(item);
    const before = marks.flatMap((mark) => last.get(mark) ?? []);
    const mine = Promise.all(before).then(() => work(item));
    for (const mark of marks) last.set(mark, mine);
    return mine;
  });
  const ended = await Promise.allSettled(running);
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return Promise.all(running);
}
