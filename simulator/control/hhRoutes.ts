import { z } from 'zod';
import { hhFaultKinds } from '../hh/hh.ts';
import { HhError } from '../hh/hhError.ts';
import { type HhResponse } from '../hh/hhRecords.ts';
import { type Simulator } from '../simulator.ts';
import { ControlError } from './controlError.ts';
import { parse } from './parse.ts';
import { type Route } from './route.ts';

const vacancy = z.strictObject({ name: z.string().min(1).max(200) });
const response = z.strictObject({
  vacancy: z.string(),
  name: z.string().max(200).optional(),
  phone: z.string().max(30).optional(),
  email: z.string().max(200).optional(),
  letter: z.string().max(5_000).optional(),
  contact: z.enum(['open', 'hidden', 'paid', 'gone']).default('open'),
  /** How long ago, in seconds. */
  ago: z.number().min(0).default(0),
});
const closing = z.strictObject({ why: z.enum(['archived', 'resume_deleted', 'in_a_row_limit']) });
const fault = z.strictObject({
  kind: z.enum(hhFaultKinds),
  times: z.number().int().min(1).max(1_000).default(1),
  path: z.string().default(''),
});
const ending = z.strictObject({ how: z.enum(['expire', 'revoke']) });

/** What people do on hh, what hh was told, and hh's bad days. */
export const hhRoutes: Route[] = [
  { method: 'GET', path: '/sim/hh/vacancies', run: ({ sim }) => sim.hh.vacancies },
  {
    method: 'POST',
    path: '/sim/hh/vacancies',
    run: ({ sim, body }) => sim.hh.publish(parse(vacancy, body).name),
  },
  {
    method: 'POST',
    path: '/sim/hh/vacancies/:id/archive',
    run: ({ sim, path }) => known(() => sim.hh.archive(path['id'] ?? '')),
  },
  { method: 'GET', path: '/sim/hh/responses', run: ({ sim }) => sim.hh.responses },
  {
    method: 'POST',
    path: '/sim/hh/responses',
    run: ({ sim, body }) => {
      const { ago, ...given } = parse(response, body);
      const resume = `a${(sim.hh.responses.length + 1).toString(16).padStart(11, '0')}`;
      const at = sim.world.clock.now() - ago * 1_000;
      return known(() => sim.hh.respond({ ...given, resume, at }));
    },
  },
  {
    method: 'GET',
    path: '/sim/hh/responses/:id',
    run: ({ sim, path }) => known(() => sim.hh.response(path['id'] ?? '')),
  },
  {
    method: 'POST',
    path: '/sim/hh/responses/:id/close',
    run: ({ sim, path, body }) => known(() => close(sim, path['id'] ?? '', parse(closing, body).why)),
  },
  {
    method: 'POST',
    path: '/sim/hh/faults',
    run: ({ sim, body }) => {
      const { kind, times, path } = parse(fault, body);
      sim.hh.order(kind, times, path);
      return { kind, times };
    },
  },
  {
    method: 'GET',
    path: '/sim/hh/tokens',
    run: ({ sim }) => ({ given: sim.hh.tokens.given }),
  },
  {
    method: 'POST',
    path: '/sim/hh/tokens',
    run: ({ sim, body }) => ({ ended: sim.hh.tokens.end(parse(ending, body).how) }),
  },
];

function close(sim: Simulator, id: string, closed: NonNullable<HhResponse['closed']>): HhResponse {
  const response = { ...sim.hh.response(id), closed };
  sim.hh.save(response);
  return response;
}

function known<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof HhError) throw new ControlError(error.status, error.message);
    throw error;
  }
}
