import { z } from 'zod';
import { avitoFaultKinds } from '../avito/avito.ts';
import { ControlError } from './controlError.ts';
import { parse } from './parse.ts';
import { type Route } from './route.ts';

const response = z.strictObject({
  vacancy: z.number().int().positive(),
  first: z.string().min(1).max(100),
  last: z.string().max(100).default(''),
  phone: z.string().max(30).optional(),
  chat: z.string().max(100).optional(),
  resume: z.number().int().positive().optional(),
  answers: z.array(z.strictObject({ label: z.string(), value: z.string() })).default([]),
});
const change = z.strictObject({ phone: z.string().max(30) });
const fault = z.strictObject({
  kind: z.enum(avitoFaultKinds),
  times: z.number().int().min(1).max(1_000).default(1),
});

/** Responses on Avito: somebody makes one, gives their number later, and what goes wrong. */
export const avitoRoutes: Route[] = [
  { method: 'GET', path: '/sim/avito/responses', run: ({ sim }) => sim.avito.all },
  {
    method: 'POST',
    path: '/sim/avito/responses',
    run: ({ sim, body }) => {
      const { phone, chat, resume, ...given } = parse(response, body);
      return sim.avito.respond({
        ...given,
        ...(phone !== undefined && { phone }),
        ...(chat !== undefined && { chat }),
        ...(resume !== undefined && { resume }),
      });
    },
  },
  {
    method: 'PUT',
    path: '/sim/avito/responses/:id',
    run: ({ sim, body, path }) => {
      const changed = sim.avito.change(path['id'] ?? '', parse(change, body));
      if (!changed) throw new ControlError(404, 'no such response');
      return changed;
    },
  },
  { method: 'GET', path: '/sim/avito/messages', run: ({ sim }) => sim.avito.written },
  {
    method: 'POST',
    path: '/sim/avito/faults',
    run: ({ sim, body }) => {
      const { kind, times } = parse(fault, body);
      sim.avito.order(kind, times);
      return { kind, times };
    },
  },
];
