import { type z } from 'zod';
import { ControlError } from './controlError.ts';

/** A body or a query by its schema. @throws ControlError 400 that names every fault. */
export function parse<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const read = schema.safeParse(input ?? {});
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) =>
    [issue.path.join('.'), issue.message].filter(Boolean).join(': '),
  );
  throw new ControlError(400, faults.join('; '));
}
