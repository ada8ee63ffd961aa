import { z } from 'zod';
import type { Event } from '../../flows/event.ts';
import type { RefusalCode } from '../../flows/facts.ts';
import { type ApiRoute, defineRoute, none } from '../defineRoute.ts';
import { performAct as perform } from '../performAct.ts';
import { applicationSchema } from '../schemas/applicationSchema.ts';
import { attendance, byId, field, id, stage, text } from '../schemas/common.ts';

/** One act: its route is its name, its body what the command needs. */
function act<B extends z.ZodObject>(
  name: string,
  body: B,
  problems: RefusalCode[],
  command: (base: { id: string; application: string; by: string }, body: z.output<B>) => Event,
): ApiRoute {
  return defineRoute({
    id: `${name}Application`,
    method: 'post',
    path: `/applications/{id}/${name}`,
    tag: 'acts',
    role: 'admin',
    params: byId,
    query: none,
    body,
    answers: { 200: applicationSchema },
    problems: ['noSuchApplication', 'notAllowed', ...problems],
    handle: (deps, call, caller) => perform(deps, call.params.id, caller, (base) => command(base, call.body)),
  });
}

const reason = z.string().min(1).max(100).meta({ description: 'api.field.reason', example: 'experience' });
const why = z.string().trim().min(1).max(1000);

/** What the recruiter's buttons do, with the same refusals. */
export const acts: ApiRoute[] = [
  act('take', none, ['alreadyTaken'], (base) => ({ ...base, type: 'take' })),
  act('invite', none, ['wrongStage', 'blacklisted'], (base) => ({ ...base, type: 'invite' })),
  act('reserve', none, ['wrongStage'], (base) => ({ ...base, type: 'reserve' })),
  act(
    'refuse',
    z.strictObject({ reason, text: text.optional() }),
    ['wrongStage', 'unknownReason'],
    (base, body) => ({ ...base, ...body, type: 'refuse' }),
  ),
  act('blacklist', z.strictObject({ reason: why }), ['wrongStage'], (base, body) => ({
    ...base,
    ...body,
    type: 'blacklist',
  })),
  act('undo', none, ['nothingToUndo', 'alreadySent', 'windowGone'], (base) => ({ ...base, type: 'undo' })),
  act('move', z.strictObject({ stage }), ['wrongStage', 'noInterview', 'blacklisted'], (base, body) => ({
    ...base,
    ...body,
    type: 'move',
  })),
  act('attendance', z.strictObject({ attendance }), ['noInterview', 'tooEarly'], (base, body) => ({
    ...base,
    ...body,
    type: 'recordAttendance',
  })),
  act('portrait', z.strictObject({ fits: z.boolean() }), ['wrongStage'], (base, body) => ({
    ...base,
    ...body,
    type: 'judgePortrait',
  })),
  act(
    'outcome',
    z.strictObject({ outcome: id }),
    ['noSuchOutcome', 'missing', 'wrongStage'],
    (base, body) => ({
      ...base,
      ...body,
      type: 'outcome',
    }),
  ),
  act(
    'field',
    z.strictObject({ field, value: z.union([z.string().max(2000), z.number()]) }),
    ['badValue'],
    (base, body) => ({ ...base, ...body, type: 'setField' }),
  ),
  act('notes', z.strictObject({ text }), [], (base, body) => ({ ...base, ...body, type: 'addNote' })),
  act('name', z.strictObject({ name: z.string().trim().min(1).max(100) }), [], (base, body) => ({
    ...base,
    ...body,
    type: 'setName',
  })),
  act('detach', none, ['wrongStage'], (base) => ({ ...base, type: 'detach' })),
  defineRoute({
    id: 'cancelInterview',
    method: 'delete',
    path: '/applications/{id}/interview',
    tag: 'interviews',
    role: 'admin',
    params: byId,
    query: none,
    body: none,
    answers: { 200: applicationSchema },
    problems: ['noSuchApplication', 'notAllowed', 'noInterview'],
    handle: (deps, { params }, caller) =>
      perform(deps, params.id, caller, (base) => ({ ...base, type: 'cancelInterview' })),
  }),
];
