import { z } from 'zod';
import { smsFaultKinds } from '../sms/smsOffice.ts';
import { parse } from './parse.ts';
import { type Route } from './route.ts';

const fault = z.strictObject({
  phone: z.string().regex(/^\+?\d{5,15}$/),
  kind: z.enum(smsFaultKinds),
  times: z.number().int().min(1).max(1_000_000).default(1),
});

/** What SMSC's cabinet is told. */
const callback = z.strictObject({ url: z.url() });

/** SMS on people's phones, and those that go wrong. */
export const smsRoutes: Route[] = [
  {
    method: 'GET',
    path: '/sim/sms/:phone',
    run: ({ sim, path }) => sim.sms.of(decodeURIComponent(path['phone'] ?? '')),
  },
  {
    method: 'POST',
    path: '/sim/sms/faults',
    run: ({ sim, body }) => {
      const { phone, kind, times } = parse(fault, body);
      sim.sms.order(phone, kind, times);
      return { phone, kind, times };
    },
  },
  {
    method: 'POST',
    path: '/sim/sms/callback',
    run: ({ sim, body }) => {
      const { url } = parse(callback, body);
      sim.sms.callbacks.smsc = { url, key: '' };
      return { url };
    },
  },
];
