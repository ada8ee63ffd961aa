import type { Database } from '../../models/database.ts';

/**
 * A database over which a process is slow: once `from` has said so, the next such call of the ledger is made only when
 * it is let go. `held`: it has come.
 */
export function holdCall(
  db: Database,
  name: string,
): { db: Database; from(): void; held: Promise<unknown>; letGo(): void } {
  const came = Promise.withResolvers<undefined>();
  const gone = Promise.withResolvers<undefined>();
  let holds = false;
  const ledger = new Proxy(db.ledger, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      const call = (...given: unknown[]): unknown => Reflect.apply(value, target, given);
      if (key !== name || !holds) return call;
      holds = false;
      return async (...given: unknown[]): Promise<unknown> => {
        came.resolve(undefined);
        await gone.promise;
        return call(...given);
      };
    },
  });
  return {
    db: { ...db, ledger },
    from: () => (holds = true),
    held: came.promise,
    letGo: () => gone.resolve(undefined),
  };
}
