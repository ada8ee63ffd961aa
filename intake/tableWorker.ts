import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { tableOf } from './tableOf.ts';

/** Reads one table in a thread of its own, and ends. */
const bytes = z.instanceof(Uint8Array).parse(workerData);
parentPort?.postMessage(await tableOf(Buffer.from(bytes)));
