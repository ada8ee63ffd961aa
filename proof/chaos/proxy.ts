import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire to the database that can be cut or made slow. */
export interface Proxy {
  port: number;
  /** Break every connection that is open now. */
  cut(): void;
  /** Hold each piece of data back for so many milliseconds. */
  slow(milliseconds: number): void;
  close(): Promise<void>;
}

/** @param target the port behind the wire, asked at each connection: the database may come back on another */
export async function startProxy(target: () => number): Promise<Proxy> {
  const pairs = new Set<Socket>();
  let delay = 0;
  const pass = (from: Socket, to: Socket): void => {
    from.on('data', (data) => {
      if (delay === 0) return void to.write(data);
      setTimeout(() => to.writable && to.write(data), delay);
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      pairs.delete(from);
      to.destroy();
    });
  };
  const server = createServer((near) => {
    const far = connect(target(), '127.0.0.1');
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      pairs.add(socket);
    }
    pass(near, far);
    pass(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => pairs.forEach((socket) => socket.destroy()),
    slow: (milliseconds) => (delay = milliseconds),
    close: async () => {
      pairs.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
