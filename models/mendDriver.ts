import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

/** What is used of a connection inside the driver (`mongodb` 7.8, `lib/cmap/connection.js`; 7.9 has the same). */
interface Inside {
  socket: Socket;
  closed: boolean;
  cleanup(error: Error): void;
}

let mended = false;

/**
 * An operation that is written to a connection whose end was read but not told yet, or that is not written out when it
 * ends, waits for ever: the driver waits for the socket's `drain`, which a closed one never tells. So whoever waits for it is
 * told of the end. Seen as a person's lane in the inbox that stood still after the database was killed.
 *
 * Once for the process, before the first connection. Throws when the driver has no such place any more.
 */
export function mendDriver(): void {
  if (mended) return;
  const inside: { Connection: { prototype: Inside } } = createRequire(import.meta.url)(
    'mongodb/lib/cmap/connection.js',
  );
  const { prototype } = inside.Connection;
  const { cleanup } = prototype;
  if (typeof cleanup !== 'function') throw new Error('the mongodb driver has changed inside: see mendDriver');
  prototype.cleanup = function (error) {
    const before = this.closed;
    cleanup.call(this, error);
    if (!before && this.socket.listenerCount('drain') > 0) this.socket.emit('error', error);
  };
  mended = true;
}
