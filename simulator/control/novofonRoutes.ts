import { z } from 'zod';
import { hookFates, novofonFaultKinds } from '../novofon/novofon.ts';
import { parse } from './parse.ts';
import { type Route } from './route.ts';

const seconds = z.number().int().min(0);
/** Who calls which number. `talk`: how long was spoken, else nobody answered; `ago`: how long it is over. */
const call = z.strictObject({
  from: z.string().max(30).nullable(),
  to: z.string().regex(/^\d{3,15}$/),
  talk: seconds.max(36_000).optional(),
  ago: seconds.max(90 * 86_400).default(0),
  /** The report has it only so many seconds after it was over. */
  lag: seconds.max(86_400).default(0),
  record: z.boolean().default(false),
  direction: z.enum(['in', 'out']).default('in'),
  reason: z.string().max(60).optional(),
  hook: z.enum(hookFates).default('sent'),
  /** So many calls, each from the number after the last. */
  times: z.number().int().min(1).max(5_000).default(1),
});
const hook = z.strictObject({ url: z.url(), platform: z.union([z.literal(1), z.literal(2)]).default(2) });
const fault = z.strictObject({
  kind: z.enum(novofonFaultKinds),
  times: z.number().int().min(1).max(1_000).default(1),
});

/** How long a telephone rings that nobody answers, in seconds. */
const ringing = 20;

/** Calls to the agency's numbers, where they are told of, and the answers that go wrong. */
export const novofonRoutes: Route[] = [
  { method: 'GET', path: '/sim/novofon/calls', run: ({ sim }) => sim.novofon.calls },
  {
    method: 'POST',
    path: '/sim/novofon/calls',
    run: ({ sim, body }) => {
      const { from, to, talk, ago, lag, record, direction, reason, hook: fate, times } = parse(call, body);
      const end = sim.world.clock.now() - ago * 1_000;
      const made = (nth: number) => ({
        direction,
        from: from === null || nth === 0 ? from : String(Number(from) + nth),
        to,
        start: end - (talk ?? ringing) * 1_000,
        end,
        talk: talk ?? null,
        record: record ? `https://media.novofon.test/${sim.novofon.calls.length + 1}` : null,
        shownAt: end + lag * 1_000,
        reason: reason ?? (talk === undefined ? 'operator_not_responsible' : 'operator_disconnects'),
      });
      return Array.from({ length: times }, (_, nth) => sim.novofon.add(made(nth), fate)).at(-1);
    },
  },
  {
    method: 'POST',
    path: '/sim/novofon/hook',
    run: ({ sim, body }) => (sim.novofon.hook = parse(hook, body)),
  },
  {
    method: 'POST',
    path: '/sim/novofon/faults',
    run: ({ sim, body }) => {
      const { kind, times } = parse(fault, body);
      sim.novofon.order(kind, times);
      return { kind, times };
    },
  },
];
