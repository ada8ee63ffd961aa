import { type Doc, valuesAt } from './copy.ts';
import { inOrder } from './inOrder.ts';
import type { Memory } from './memory.ts';
import { MongoError } from './mongoError.ts';

/** The border of the database: whatever crosses it can be slow, fail before or after it was done, or never answer. */
export type Border = <T>(operation: string, work: () => T) => Promise<T>;

type Filter = object;
interface FindOptions {
  projection?: Record<string, 0 | 1>;
}

/**
 * The part of the driver's `Collection` that `runtime/` and `models/` use. What it does not know it does not have,
 * and an option it does not know throws.
 */
export function virtualCollection(name: string, memory: Memory, border: Border) {
  const names: Record<string, string> = {};
  // Put together once: the border looks each up in its tables.
  const cross = <T>(operation: string, work: () => T) =>
    border((names[operation] ??= `${name}.${operation}`), work);
  const one = (filter: Filter) => memory.find(filter)[0];

  const cursor = (filter: Filter) => {
    let sort: Record<string, 1 | -1> | undefined;
    let limit = Infinity;
    let projection: Record<string, 0 | 1> | undefined;
    const read = (): Doc[] => {
      let docs = isEmpty(filter) ? memory.whole(sort) : inOrder(memory.find(filter), sort);
      if (docs.length > limit) docs = docs.slice(0, limit);
      return projection ? docs.map(projector(projection)) : docs;
    };
    const self = {
      sort: (fields: Record<string, 1 | -1>) => {
        sort = fields;
        return self;
      },
      limit: (count: number) => {
        limit = count;
        return self;
      },
      project: (fields: Record<string, 0 | 1>) => {
        projection = fields;
        return self;
      },
      toArray: () => cross('find', read),
      async *[Symbol.asyncIterator]() {
        yield* await cross('find', read);
      },
    };
    return self;
  };

  return {
    find: (filter: Filter = {}) => cursor(filter),
    findOne: (filter: Filter, options: FindOptions = {}) => {
      only(options, 'projection');
      return cross('findOne', () => {
        const doc = one(filter);
        return doc && options.projection ? projector(options.projection)(doc) : (doc ?? null);
      });
    },
    countDocuments: (filter: Filter = {}, options: { limit?: number } = {}) => {
      only(options, 'limit');
      return cross('countDocuments', () => Math.min(memory.find(filter).length, options.limit ?? Infinity));
    },
    distinct: (field: string, filter: Filter = {}) =>
      cross('distinct', () => [
        ...new Set(
          memory
            .find(filter)
            .flatMap((doc) => valuesAt(doc, field.split('.')).filter((value) => !Array.isArray(value))),
        ),
      ]),
    insertOne: (doc: Doc) => cross('insertOne', () => insert(memory, doc)),
    insertMany: (docs: Doc[], options: { ordered?: boolean } = {}) => {
      only(options, 'ordered');
      return cross('insertMany', () => {
        memory.insert(docs, options.ordered ?? true);
        return { insertedCount: docs.length };
      });
    },
    updateOne: (filter: Filter, update: object, options: { upsert?: boolean } = {}) => {
      only(options, 'upsert');
      return cross('updateOne', () => memory.update(filter, update, false, options.upsert ?? false));
    },
    updateMany: (filter: Filter, update: object) =>
      cross('updateMany', () => memory.update(filter, update, true, false)),
    replaceOne: (filter: Filter, doc: Doc, options: { upsert?: boolean } = {}) => {
      only(options, 'upsert');
      return cross('replaceOne', () => memory.replace(filter, doc, options.upsert ?? false));
    },
    findOneAndUpdate: (
      filter: Filter,
      update: object,
      options: FindOptions & { returnDocument?: string } = {},
    ) => {
      only(options, 'returnDocument', 'projection');
      return cross('findOneAndUpdate', () => {
        const before = one(filter);
        if (!before) return null;
        memory.update({ _id: before._id }, update, false, false);
        const told = options.returnDocument === 'after' ? memory.get(before._id) : before;
        return told && options.projection ? projector(options.projection)(told) : told;
      });
    },
    deleteOne: (filter: Filter) => cross('deleteOne', () => ({ deletedCount: memory.remove(filter, false) })),
    deleteMany: (filter: Filter) =>
      cross('deleteMany', () => ({ deletedCount: memory.remove(filter, true) })),
    bulkWrite: (operations: BulkOperation[], options: { ordered?: boolean } = {}) => {
      only(options, 'ordered');
      return cross('bulkWrite', () => {
        let matchedCount = 0;
        const refused: { index: number; code: number }[] = [];
        for (const [index, operation] of operations.entries()) {
          try {
            matchedCount += write(memory, operation);
          } catch (error) {
            if (!(error instanceof MongoError) || error.code === undefined) throw error;
            refused.push({ index, code: error.code });
            if (options.ordered !== false) break;
          }
        }
        if (refused.length > 0)
          throw new MongoError('MongoBulkWriteError', `E11000 in ${name}`, 11_000, refused);
        return { matchedCount };
      });
    },
  };
}

type BulkOperation =
  | { updateOne: { filter: Filter; update: object; upsert?: boolean } }
  | { replaceOne: { filter: Filter; replacement: Doc } }
  | { deleteOne: { filter: Filter } };

/** One operation of a bulk. */
function write(memory: Memory, operation: BulkOperation): number {
  if ('updateOne' in operation) {
    only(operation.updateOne, 'filter', 'update', 'upsert');
    const { filter, update, upsert } = operation.updateOne;
    return memory.update(filter, update, false, upsert ?? false).matchedCount;
  }
  if ('replaceOne' in operation) {
    only(operation.replaceOne, 'filter', 'replacement');
    return memory.replace(operation.replaceOne.filter, operation.replaceOne.replacement, false).matchedCount;
  }
  only(operation, 'deleteOne');
  memory.remove(operation.deleteOne.filter, false);
  return 0;
}

function insert(memory: Memory, doc: Doc): { insertedId: string } {
  try {
    memory.insert([doc], true);
  } catch (error) {
    // One document is refused as itself, not as a bulk.
    if (error instanceof Error && error.name === 'MongoBulkWriteError') error.name = 'MongoServerError';
    throw error;
  }
  return { insertedId: doc._id };
}

function isEmpty(filter: Filter): boolean {
  for (const _ in filter) return false;
  return true;
}

/** Of a dotted field the whole it lies in is given. */
function projector(projection: Record<string, 0 | 1>): (doc: Doc) => Doc {
  if (Object.values(projection).includes(0)) throw new Error('an excluding projection is not known here');
  const wanted = new Set(['_id', ...Object.keys(projection).map((field) => field.split('.', 1)[0])]);
  return (doc) => {
    const part: Doc = { _id: doc._id };
    // In the order in which the document has them; what is in it is frozen already.
    for (const field in doc) if (wanted.has(field)) part[field] = doc[field];
    return Object.freeze(part);
  };
}

function only(options: object, ...known: string[]): void {
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) throw new Error(`option ${key} is not known to the virtual database`);
  }
}
