import { z } from 'zod';
import { ControlError } from './controlError.ts';
import { parse } from './parse.ts';
import { type Move } from './clockMover.ts';
import { type Route } from './route.ts';
import { waitForIdle } from './waitForIdle.ts';

const UNITS: Record<string, number> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

const moving = z
  .strictObject({
    advance: z
      .string()
      .regex(/^(\d{1,6}[dhms])+$/, 'must be such as 24h, 90m, 2d or 1h30m')
      .optional(),
    to: z.iso.datetime({ offset: true }).optional(),
    next: z.literal(true).optional(),
  })
  .refine(
    (order) => Object.values(order).filter((v) => v !== undefined).length === 1,
    'give one of advance, to, next',
  );
const idling = z.object({ timeout: z.coerce.number().int().min(0).max(600_000).default(30_000) });

/** The virtual clock, and whether all is quiet. */
export const clockRoutes: Route[] = [
  {
    method: 'GET',
    path: '/sim/clock',
    async run({ sim }) {
      const { clock } = sim.world;
      // A product that is restarting has nothing due for the moment.
      const due = await sim.product.due().catch(() => []);
      return { now: clock.iso(), offset: clock.offset, moving: sim.mover.moving, next: due[0] ?? null, due };
    },
  },
  {
    method: 'POST',
    path: '/sim/clock',
    async run({ sim, body }) {
      await sim.mover.move(where(parse(moving, body)));
      const { clock } = sim.world;
      return { now: clock.iso(), offset: clock.offset };
    },
  },
  {
    method: 'GET',
    path: '/sim/idle',
    async run({ sim, query }) {
      const { timeout } = parse(idling, Object.fromEntries(query));
      const { idle, waiting } = await waitForIdle(sim, timeout);
      if (!idle) throw new ControlError(504, 'something is still waiting', { idle, waiting });
      return { idle };
    },
  },
];

function where({ advance, to }: z.infer<typeof moving>): Move {
  if (to !== undefined) return { to: Date.parse(to) };
  if (advance === undefined) return 'next';
  let by = 0;
  for (const [, count, unit] of advance.matchAll(/(\d+)([dhms])/g))
    by += Number(count) * (UNITS[unit ?? ''] ?? 0);
  return { by };
}
