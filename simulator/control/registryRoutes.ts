import { z } from 'zod';
import { registryFaultKinds } from '../dadata/registry.ts';
import { parse } from './parse.ts';
import { type Route } from './route.ts';

const fault = z.strictObject({
  kind: z.enum(registryFaultKinds),
  times: z.number().int().min(1).max(1_000).default(1),
});

/** The companies the register knows, and the answers that go wrong. */
export const registryRoutes: Route[] = [
  { method: 'GET', path: '/sim/registry', run: ({ sim }) => sim.registry.all },
  {
    method: 'POST',
    path: '/sim/registry/faults',
    run: ({ sim, body }) => {
      const { kind, times } = parse(fault, body);
      sim.registry.order(kind, times);
      return { kind, times };
    },
  },
];
