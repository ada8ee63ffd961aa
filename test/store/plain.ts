import { deserialize, serialize, type Document } from 'bson';
import { Doc } from '../../store/values/value.ts';
import { writeBson } from '../../store/values/writeBson.ts';

/** A document of the store from plain JavaScript, as the driver would send it. */
export const toDoc = (plain: Document): Doc =>
  new Doc(Buffer.from(serialize(plain, { ignoreUndefined: true })));

/** Plain JavaScript from a document of the store, as the driver would read it. */
export const fromDoc = (doc: Doc): Document => deserialize(writeBson(doc));
