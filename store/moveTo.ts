import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, MongoClient, type Collection, type IndexDescription } from 'mongodb';
import { command, type Place } from './place.ts';

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
 * an agency grows. Nothing is removed here. The product has to be stopped: what it wrote meanwhile would stay behind.
 *
 * @throws Error when a store works on the folder, a target collection is not empty or a hash differs
 */
async function moveTo({ folder, given, uri }: Place): Promise<void> {
  if (!/^mongodb(\+srv)?:\/\//.test(given))
    throw new Error(`${given} is no address of a MongoDB (mongodb://…)`);
  if (uri) throw new Error(`stop the product first (a store works on ${folder})`);
  if (!existsSync(join(folder, 'store.sqlite')))
    throw new Error(`there is no database in ${folder}; DATA_DIR or --data names its folder`);
  const store = fork(join(import.meta.dirname, 'main.ts'), ['--data', folder], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [ready] = await Promise.race([once(store, 'message'), once(store, 'exit')]);
  if (typeof ready !== 'object') throw new Error(`the database in ${folder} could not be opened`);
  const to = await MongoClient.connect(given, { serverSelectionTimeoutMS: 10_000 });
  const from = await MongoClient.connect(String(ready.uri));
  try {
    const { databases } = await from.db().admin().listDatabases({ nameOnly: true });
    for (const { name } of databases) {
      for (const { collectionName } of await from.db(name).collections()) {
        const [here, there] = [
          from.db(name).collection(collectionName),
          to.db(name).collection(collectionName),
        ];
        await copy(here, there);
        const [was, is] = [await fingerprint(here), await fingerprint(there)];
        if (was !== is) throw new Error(`${here.namespace} differs after the copy: ${was} here, ${is} there`);
        process.stdout.write(`${here.namespace}: ${was}, the same there\n`);
      }
    }
    process.stdout.write('Everything is there. Start the product with MONGODB_URI set to that address\n');
  } finally {
    await Promise.all([from.close(), to.close()]);
    store.disconnect();
  }
}

await command('move-to', '<mongodb uri>', moveTo);
