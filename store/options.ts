import { parseArgs } from 'node:util';

/** How the store was started. */
export interface Options {
  /** The folder of the data. */
  data: string;
  /** Port on loopback; 0 takes a free one. */
  port: number;
  /** Memory for pages of the file at most, in megabytes: beyond it they come from the system's own. */
  cache: number;
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
      cache: { type: 'string' },
    },
  });
  const port = Number(values.port ?? 0);
  const cache = Number(values.cache ?? 64);
  if (!values.data)
    throw new Error('usage: node store/main.ts --data <folder> [--port 0] [--socket <path>] [--cache 64]');
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`--port must be 0 to 65535, not ${values.port}`);
  if (!Number.isInteger(cache) || cache < 1)
    throw new Error(`--cache must be a whole number of megabytes, not ${values.cache}`);
  return { data: values.data, port, cache, socket: values.socket };
}
