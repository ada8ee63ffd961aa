/** Look until something holds; fails with the last thing seen when it never does. */
export async function eventually<T>(
  look: () => Promise<T> | T,
  holds: (value: T) => boolean,
  limit = 10_000,
): Promise<T> {
  const until = Date.now() + limit;
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    if (Date.now() > until)
      throw new Error(`still not so after ${limit} ms: ${JSON.stringify(value).slice(0, 2_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
