import { z } from 'zod';

const shape = z.object({ settings: z.record(z.string(), z.string()) });

/**
 * The settings that the parent tells when what this process needs is up: until then it loads its modules. A parent that
 * is gone ends it.
 *
 * @returns the environment with them
 */
export function toldByParent(): Promise<NodeJS.ProcessEnv> {
  const gone = (): never => process.exit(0);
  if (!process.connected) gone();
  process.once('disconnect', gone);
  return new Promise((resolve) => {
    const heard = (message: unknown): void => {
      const told = shape.safeParse(message);
      if (!told.success) return;
      process.off('message', heard);
      process.off('disconnect', gone);
      resolve(Object.assign(process.env, told.data.settings));
    };
    process.on('message', heard);
  });
}
