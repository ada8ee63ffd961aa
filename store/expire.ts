import { forgetSessions } from './commands/retries.ts';
import { find } from './queries/find.ts';
import { compileQuery } from './queries/compileQuery.ts';
import { type Query } from './queries/query.ts';
import { type Catalog } from './storage/catalog.ts';
import { date, doc } from './values/build.ts';

/**
 * Removes documents whose TTL index says that their time is over, once a minute as MongoDB does, and ended sessions.
 * https://www.mongodb.com/docs/manual/core/index-ttl/
 *
 * @param now milliseconds since 1970
 */
export function expire(catalog: Catalog, now: number): void {
  for (const collection of catalog.list()) {
    for (const index of collection.indexes) {
      const [field] = index.fields;
      if (index.expireAfterSeconds === undefined || !field) continue;
      const edge = date(Math.round(now - index.expireAfterSeconds * 1000));
      const old = compileQuery(doc({ [field.path]: doc({ $lte: edge }) }));
      const query: Query = { op: 'and', kids: index.partial ? [old, index.partial] : [old] };
      const gone = [
        ...find(collection, {
          query,
          sort: [],
          skip: 0,
          limit: 10_000,
        }),
      ];
      for (const stored of gone) collection.remove(stored);
    }
  }
  forgetSessions(catalog.database, now);
}
