import { once } from 'node:events';
import { connect } from 'node:net';
import { deserialize, serialize, type Document } from 'bson';

/** Sends one command as bare OP_MSG, with nothing added by a driver, and gives the reply. */
export async function sendCommand(uri: string, command: Document): Promise<Document> {
  const body = serialize(command);
  const head = Buffer.alloc(21);
  head.writeInt32LE(21 + body.length, 0);
  head.writeInt32LE(2013, 12);
  const socket = connect(Number(new URL(uri).port), '127.0.0.1');
  socket.write(Buffer.concat([head, body]));
  const chunks: Buffer[] = [];
  while (chunks.length === 0 || Buffer.concat(chunks).length < Buffer.concat(chunks).readInt32LE(0)) {
    const [chunk] = await Promise.race([once(socket, 'data'), once(socket, 'close')]);
    if (!Buffer.isBuffer(chunk)) throw new Error('the connection ended without an answer');
    chunks.push(chunk);
  }
  socket.destroy();
  return deserialize(Buffer.concat(chunks).subarray(21));
}
