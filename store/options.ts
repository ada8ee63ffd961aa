import { parseArgs } from 'node:util';

/** How the store was started. */
export interface Options {
  /** The folder of the data. */
  data: string;
  /** Port on loopback; 0 takes a free one. */
  port: number;
  /** Path of a Unix socket to listen on instead. */
  socket?: string;
}

/** Reads the arguments. @throws Error that says what is wrong and how it is used */
export function options(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      port: { type: 'string' },
      socket: { type: 'string' },
    },
  });
  const port = Number(values.port ?? 0);
  if (!values.data) throw new Error('usage: node store/main.ts --data <folder> [--port 0] [--socket <path>]');
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`--port must be 0 to 65535, not ${values.port}`);
  return { data: values.data, port, socket: values.socket };
}
