import { afterAll, beforeAll } from 'vitest';
import { type Books, openBooks } from './openBooks.ts';
import { type RunningProduct, startProduct } from './startProduct.ts';

/**
 * The whole product for the stories of one file: started before them, ended and forgotten after.
 *
 * @param begin what else stands before the first; `open` gives a look into the database, closed by itself
 */
export function aStory(begin: (product: RunningProduct, open: () => Promise<Books>) => unknown): void {
  let product: RunningProduct | undefined;
  const opened: Books[] = [];
  beforeAll(async () => {
    const started = await startProduct();
    product = started;
    await begin(started, async () => {
      const books = await openBooks(started.dataDir);
      opened.push(books);
      return books;
    });
  });
  afterAll(async () => {
    for (const books of opened) await books.close();
    await product?.stop();
    product?.remove();
  });
}
