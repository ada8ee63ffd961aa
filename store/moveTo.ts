import { createHash } from 'node:crypto';
import { type Document, MongoClient, type Collection, type IndexDescription } from 'mongodb';

const USAGE = 'usage: node store/moveTo.ts <mongodb uri of the running store> <mongodb uri to move to>';
const BATCH = 1000;
const RAW = { raw: true, promoteValues: false } as const;

/** Count and hash of a collection's documents as bytes, in order of `_id`. */
async function fingerprint(collection: Collection<Document>): Promise<string> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const document of collection.find({}, RAW).sort({ _id: 1 })) {
    if (!Buffer.isBuffer(document)) throw new TypeError('raw bytes were expected');
    hash.update(document);
    count += 1;
  }
  return `${count} documents ${hash.digest('hex').slice(0, 16)}`;
}

async function copy(from: Collection<Document>, to: Collection<Document>): Promise<void> {
  if ((await to.countDocuments({}, { limit: 1 })) > 0)
    throw new Error(`${to.namespace} is not empty there; nothing was copied into it`);
  let batch: Document[] = [];
  const write = async (): Promise<void> => {
    if (batch.length > 0) await to.insertMany(batch, { ignoreUndefined: false });
    batch = [];
  };
  for await (const document of from.find({}, { promoteValues: false, bsonRegExp: true }).sort({ _id: 1 })) {
    if (batch.push(document) >= BATCH) await write();
  }
  await write();
  const indexes: IndexDescription[] = (await from.indexes())
    .filter(({ name }) => name !== '_id_')
    .map(({ v: _v, ...rest }) => ({ ...rest }));
  if (indexes.length > 0) await to.createIndexes(indexes);
}

/**
 * Copies every database of a store, with indexes, into a real MongoDB, and compares counts and hashes: the way up when
 * an agency grows. Nothing is removed here. Stop the product first: what is written meanwhile makes a hash differ.
 *
 * @throws Error when a target collection is not empty or a hash differs
 */
async function moveTo(source: string, target: string): Promise<void> {
  const [from, to] = [await MongoClient.connect(source), await MongoClient.connect(target)];
  try {
    const { databases } = await from.db().admin().listDatabases({ nameOnly: true });
    for (const { name } of databases) {
      for (const { name: collection } of await from
        .db(name)
        .listCollections({}, { nameOnly: true })
        .toArray()) {
        const [here, there] = [from.db(name).collection(collection), to.db(name).collection(collection)];
        await copy(here, there);
        const [was, is] = [await fingerprint(here), await fingerprint(there)];
        if (was !== is)
          throw new Error(`${name}.${collection} differs after the copy: ${was} here, ${is} there`);
        process.stdout.write(`${name}.${collection}: ${was}, the same there\n`);
      }
    }
  } finally {
    await Promise.all([from.close(), to.close()]);
  }
}

const [source, target] = process.argv.slice(2);
if (!source || !target) throw new Error(USAGE);
await moveTo(source, target);
