import { randomBytes } from 'node:crypto';
import { clock } from './clock.ts';
import { Raw, TYPE } from './values/value.ts';

const own = randomBytes(5);
let counter = randomBytes(3).readUIntBE(0, 3);

/** A new ObjectId: seconds, five bytes of this process, a counter. https://www.mongodb.com/docs/manual/reference/bson-types/#objectid */
export function objectId(): Raw {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(Math.floor(clock.now() / 1000), 0);
  own.copy(bytes, 4);
  counter = (counter + 1) & 0xffffff;
  bytes.writeUIntBE(counter, 9, 3);
  return new Raw(TYPE.objectId, bytes);
}
