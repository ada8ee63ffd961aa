import { clock } from '../clock.ts';
import { type Readable } from '../storage/collection.ts';
import { doc, whole } from '../values/build.ts';
import { type Doc } from '../values/value.ts';
import { search, type Wanted } from './search.ts';

/**
 * Does the search a command begins with, changes nothing, and tells what was read for it.
 * https://www.mongodb.com/docs/manual/reference/explain-results/#executionstats
 * @param stages The winning plan; its single stages are not counted apart.
 */
export function executed(collection: Readable | undefined, wanted: Wanted, stages: Doc): Doc {
  let keys = 0;
  let documents = 0;
  let returned = 0;
  const counted: Readable | undefined = collection && {
    indexes: collection.indexes,
    countRange: (...range) => collection.countRange(...range),
    *scan(reverse) {
      for (const stored of collection.scan(reverse)) {
        documents += 1;
        yield stored;
      }
    },
    *range(...range) {
      for (const stored of collection.range(...range)) {
        keys += 1;
        documents += 1;
        yield stored;
      }
    },
    point(index, key) {
      const stored = collection.point(index, key);
      keys += stored ? 1 : 0;
      documents += stored ? 1 : 0;
      return stored;
    },
  };
  const from = clock.now();
  const found = search(counted, wanted);
  while (!found.next().done) returned += 1;
  return doc({
    executionSuccess: true,
    nReturned: whole(returned),
    executionTimeMillis: whole(Math.max(0, clock.now() - from)),
    totalKeysExamined: whole(keys),
    totalDocsExamined: whole(documents),
    executionStages: stages,
  });
}
