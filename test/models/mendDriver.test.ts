import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { openDatabase } from '../../models/database.ts';
import { startStore } from '../store/startStore.ts';

test('[X-06] what is written to a connection that has just ended does not wait for ever', async () => {
  const sockets: Socket[] = [];
  const born = (message: unknown): void => void sockets.push((message as { socket: Socket }).socket);
  const store = await startStore();
  subscribe('net.client.socket', born);
  const db = await openDatabase(store.uri);
  unsubscribe('net.client.socket', born);
  // As when its end was read: it is closed, and nobody was told yet.
  for (const socket of sockets) socket.destroy();
  // The driver, told of it, asks once more by itself.
  expect(await db.settings.findOne({ _id: 'none' })).toBeNull();
  await db.close();
  await store.stop();
});
