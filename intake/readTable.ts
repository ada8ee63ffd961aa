import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { tableFaults, type TableRead } from '../flows/imports/sheet.ts';
import type { Clock } from '../runtime/clock.ts';

/** How long one file may take, in milliseconds, and how much memory, in megabytes. */
const patience = 40_000;
const memory = 512;

const shape: z.ZodType<TableRead> = z.union([
  z.object({
    ok: z.literal(true),
    sheets: z.array(z.object({ name: z.string(), rows: z.array(z.array(z.string())) })),
  }),
  z.object({ ok: z.literal(false), fault: z.enum(tableFaults) }),
]);

/**
 * Read a CSV or XLSX file in a thread of its own: nobody's conversation waits for it, and a file made to eat memory or
 * time ends its thread and nothing else.
 */
export function readTable(bytes: Uint8Array, clock: Pick<Clock, 'after'>): Promise<TableRead> {
  const worker = new Worker(new URL('./tableWorker.ts', import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: memory },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  return new Promise<TableRead>((settle) => {
    const end = (result: TableRead) => {
      callOff();
      settle(result);
      void worker.terminate();
    };
    const callOff = clock.after(patience, () => end({ ok: false, fault: 'tooSlow' }));
    worker.once('message', (message) => end(shape.parse(message)));
    worker.once('error', (error) => {
      const full = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      end({ ok: false, fault: full ? 'tooLarge' : 'broken' });
    });
    worker.once('exit', () => end({ ok: false, fault: 'broken' }));
  });
}
