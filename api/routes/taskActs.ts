import { z } from 'zod';
import type { Event } from '../../flows/event.ts';
import type { RefusalCode } from '../../flows/facts.ts';
import { type ApiRoute, defineRoute, none } from '../defineRoute.ts';
import { performAct } from '../performAct.ts';
import { applicationSchema } from '../schemas/applicationSchema.ts';
import { id, moment, text } from '../schemas/common.ts';
import { fromIso } from '../toIso.ts';

const params = z.strictObject({ id, task: id });
const version = z.number().int().min(0).optional().meta({ description: 'api.field.taskMoves' });

/** One act on a task: `POST /applications/{id}/tasks/{task}/<name>`. */
function act<B extends z.ZodObject>(
  name: string,
  body: B,
  problems: RefusalCode[],
  command: (base: { id: string; application: string; by: string; task: string }, body: z.output<B>) => Event,
): ApiRoute {
  return defineRoute({
    id: `${name}Task`,
    method: 'post',
    path: `/applications/{id}/tasks/{task}/${name}`,
    tag: 'tasks',
    role: 'admin',
    params,
    query: none,
    body,
    answers: { 200: applicationSchema },
    problems: ['noSuchApplication', 'notAllowed', 'noSuchTask', ...problems],
    handle: (deps, call, caller) =>
      performAct(deps, call.params.id, caller, (base) =>
        command({ ...base, task: call.params.task }, call.body),
      ),
  });
}

/** What the buttons of a task do, with the same refusals. */
export const taskActs: ApiRoute[] = [
  act('finish', none, ['missing', 'resultFirst', 'stillWrong'], (base) => ({ ...base, type: 'finishTask' })),
  act(
    'snooze',
    z.strictObject({ until: moment, version }),
    ['slotInPast', 'taskMoved'],
    (base, { until, ...body }) => ({ ...base, ...body, type: 'snoozeTask', until: fromIso(until) }),
  ),
  act(
    'hand',
    z.strictObject({ to: id, version }),
    ['noSuchMember', 'taskTheirs', 'taskMoved'],
    (base, body) => ({ ...base, ...body, type: 'handTask' }),
  ),
  act('comment', z.strictObject({ text }), [], (base, body) => ({ ...base, ...body, type: 'commentTask' })),
  act(
    'tick',
    z.strictObject({ line: id.meta({ description: 'api.field.taskLine' }), on: z.boolean() }),
    ['noSuchLine'],
    (base, body) => ({ ...base, ...body, type: 'tickTask' }),
  ),
];
