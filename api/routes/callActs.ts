import { z } from 'zod';
import type { StaffCommand } from '../../flows/event.ts';
import { againChoices } from '../../flows/calls/calls.ts';
import { type ApiRoute, defineRoute, none } from '../defineRoute.ts';
import { performAct } from '../performAct.ts';
import { applicationSchema } from '../schemas/applicationSchema.ts';
import { byId, id, moment } from '../schemas/common.ts';
import { fromIso } from '../toIso.ts';

/** How a call ended, each with what it needs: nothing is sent that means nothing. */
const result = z.discriminatedUnion('result', [
  z.strictObject({ result: z.literal('outcome'), outcome: id.meta({ description: 'api.field.outcome' }) }),
  z.strictObject({
    result: z.literal('missed'),
    again: z.enum(againChoices).meta({ description: 'api.field.callAgain' }),
  }),
  z.strictObject({ result: z.literal('callBack'), at: moment.meta({ description: 'api.field.callAt' }) }),
  z.strictObject({ result: z.literal('wrongNumber') }),
  z.strictObject({ result: z.literal('skip') }),
  z.strictObject({ result: z.literal('talked') }),
]);

type Given = Extract<StaffCommand, { type: 'callResult' }>;

function given(call: z.output<typeof result>): Omit<Given, 'application' | 'by'> {
  if (call.result === 'callBack') return { type: 'callResult', result: 'callBack', at: fromIso(call.at) };
  return { type: 'callResult', ...call };
}

const common = {
  method: 'post' as const,
  tag: 'acts',
  role: 'admin' as const,
  params: byId,
  query: none,
  answers: { 200: applicationSchema },
};

/** What the buttons of the call list do, for a call centre with a program of its own. */
export const callActs: ApiRoute[] = [
  defineRoute({
    ...common,
    id: 'holdCall',
    path: '/applications/{id}/call/hold',
    body: none,
    problems: ['noSuchApplication', 'notAllowed', 'wrongStage', 'callHeld'],
    handle: (deps, { params }, caller) =>
      performAct(deps, params.id, caller, (base) => ({ ...base, type: 'holdCall' })),
  }),
  defineRoute({
    ...common,
    id: 'callApplication',
    path: '/applications/{id}/call',
    body: z.strictObject({ call: result }),
    problems: [
      'noSuchApplication',
      'notAllowed',
      'wrongStage',
      'callHeld',
      'noSuchOutcome',
      'missing',
      'slotInPast',
      'resultFirst',
    ],
    handle: (deps, { params, body }, caller) =>
      performAct(deps, params.id, caller, (base) => ({ ...base, ...given(body.call) })),
  }),
  defineRoute({
    ...common,
    id: 'phoneApplication',
    path: '/applications/{id}/phone',
    body: z.strictObject({
      phone: z.string().trim().min(1).max(40).meta({ description: 'api.field.phone' }),
    }),
    problems: ['noSuchApplication', 'notAllowed', 'badPhone'],
    handle: (deps, { params, body }, caller) =>
      performAct(deps, params.id, caller, (base) => ({ ...base, ...body, type: 'setPhone' })),
  }),
];
