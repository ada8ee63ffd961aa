import { z } from 'zod';
import { type LedgerEntry } from '../records.ts';
import { Store } from '../store.ts';
import { FAULT_KINDS } from '../telegram/faults.ts';
import { parse } from './parse.ts';
import { type Route } from './route.ts';

const fault = z.strictObject({
  method: z.string().min(1).default('*'),
  kind: z.enum(FAULT_KINDS),
  times: z.number().int().min(1).max(1_000_000).default(1),
  retryAfter: z.number().int().min(0).max(3600).default(1),
  delay: z.number().int().min(0).max(120_000).default(5000),
  chat: z.number().int().optional(),
  channel: z.enum(['telegram', 'whatsapp', 'max']).default('telegram'),
  code: z.number().int().default(131026),
});
const listing = z.object({ after: z.coerce.number().int().min(0).default(0) });

/** Ordered failures, and the ledger by which a test judges what got through. */
export const faultRoutes: Route[] = [
  { method: 'GET', path: '/sim/faults', run: ({ sim }) => sim.faults.all() },
  {
    method: 'POST',
    path: '/sim/faults',
    run({ sim, body }) {
      sim.faults.add(parse(fault, body));
      return { faults: sim.faults.all() };
    },
  },
  {
    method: 'DELETE',
    path: '/sim/faults',
    run({ sim }) {
      sim.faults.clear();
      return { faults: [] };
    },
  },
  {
    method: 'GET',
    path: '/sim/ledger',
    run({ sim, query }) {
      const { after } = parse(listing, Object.fromEntries(query));
      return sim.world.store.all<LedgerEntry>('ledger', after > 0 ? Store.key(after) : '');
    },
  },
];
