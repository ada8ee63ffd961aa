import { z } from 'zod';
import { parse } from './parse.ts';
import { type Route } from './route.ts';

const demo = z.object({
  people: z.array(z.object({ id: z.number().int(), name: z.string(), role: z.string() })).default([]),
  vacancies: z
    .array(
      z.object({ title: z.string(), start: z.string().regex(/^[\w-]{0,64}$/, 'must be a start payload') }),
    )
    .default([]),
});
const registration = z.object({ url: z.url({ protocol: /^https?$/ }), secret: z.string().min(1) });

/** What the product tells of itself: its demo content and its loopback address. */
export const demoRoutes: Route[] = [
  { method: 'GET', path: '/sim/demo', run: ({ sim }) => sim.world.demo },
  {
    method: 'PUT',
    path: '/sim/demo',
    run({ sim, body }) {
      sim.world.saveDemo(parse(demo, body));
      return sim.world.demo;
    },
  },
  {
    method: 'POST',
    path: '/sim/product',
    run({ sim, body }) {
      const { url, secret } = parse(registration, body);
      sim.product.register(url, secret);
      const { clock } = sim.world;
      return { now: clock.iso(), offset: clock.offset };
    },
  },
];
