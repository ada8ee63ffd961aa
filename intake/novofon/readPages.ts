/**
 * Everything of a list that is given out in pages.
 *
 * @param most pages at most: whoever asks looks at stretches short enough
 */
export async function readPages<T>(
  ask: (offset: number) => Promise<T[]>,
  { page, most }: { page: number; most: number },
): Promise<T[]> {
  const all: T[] = [];
  for (let pages = 0; pages < most; pages += 1) {
    const some = await ask(pages * page);
    all.push(...some);
    if (some.length < page) break;
  }
  return all;
}
