import { z } from 'zod';
import type { Group } from '../../flows/groups/group.ts';
import { mayChange } from '../../flows/groups/mayChange.ts';
import { isService } from '../../flows/isService.ts';
import type { GroupChange } from '../../runtime/makeGroups.ts';
import { readAll, readGroup } from '../../runtime/readGroup.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { pageOf, paging } from '../cursor.ts';
import { type ApiRoute, type Caller, defineRoute, none, type Outcome } from '../defineRoute.ts';
import { makeGroup } from '../makeGroup.ts';
import { performAct } from '../performAct.ts';
import type { Problem, ProblemCode } from '../problem.ts';
import { applicationSchema } from '../schemas/applicationSchema.ts';
import { byId, id, moment, pageSchema } from '../schemas/common.ts';
import { groupChanges, groupSchema, groupWithPeopleSchema, newGroupSchema } from '../schemas/groupSchema.ts';
import { fromIso } from '../toIso.ts';
import { groupView, groupWithPeopleView } from '../views/groupView.ts';

const list = defineRoute({
  id: 'listGroups',
  method: 'get',
  path: '/groups',
  tag: 'groups',
  role: 'reader',
  params: none,
  query: z.strictObject({
    vacancy: id.optional(),
    from: moment.optional().meta({ description: 'api.field.from' }),
    to: moment.optional().meta({ description: 'api.field.before' }),
    ...paging(z.tuple([z.number(), z.string()])),
  }),
  body: none,
  answers: { 200: pageSchema('GroupPage', groupSchema) },
  problems: [],
  handle: async ({ db }, { query: { vacancy, limit, after, ...query } }) => {
    const from = Math.max(query.from === undefined ? 0 : fromIso(query.from), after?.[0] ?? 0);
    const start = { $gte: from, ...(query.to !== undefined && { $lt: fromIso(query.to) }) };
    const groups = await db.groups
      .find({
        start,
        ...(vacancy && { vacancy }),
        ...(after && { $or: [{ start: { $gt: after[0] } }, { start: after[0], _id: { $gt: after[1] } }] }),
      })
      .sort({ start: 1, _id: 1 })
      .limit(limit + 1)
      .toArray();
    const rows = await readAll(db, groups);
    return {
      status: 200,
      body: pageOf(rows, limit, ({ group }) => [group.start, group._id], groupView),
    };
  },
});

const read = defineRoute({
  id: 'readGroup',
  method: 'get',
  path: '/groups/{id}',
  tag: 'groups',
  role: 'reader',
  params: byId,
  query: none,
  body: none,
  answers: { 200: groupWithPeopleSchema },
  problems: ['noSuchGroup'],
  handle: (deps, { params }) => answer(deps, params.id, 200),
});

const make = defineRoute({
  id: 'makeGroup',
  method: 'post',
  path: '/groups',
  tag: 'groups',
  role: 'admin',
  params: none,
  query: none,
  body: newGroupSchema,
  answers: { 201: groupWithPeopleSchema },
  problems: ['noSuchVacancy', 'noSuchMember', 'slotInPast', 'noPlace'],
  handle: async (deps, { body }, caller) => {
    const made = await makeGroup(deps, { ...body, start: fromIso(body.start) }, caller);
    return 'problem' in made ? made : answer(deps, made.id, 201);
  },
});

/** One change: `POST /groups/{id}/<name>`, with the rights of its host or the head. */
function change<B extends z.ZodObject>(
  name: string,
  body: B,
  problems: ProblemCode[],
  what: (body: z.output<B>, now: number) => GroupChange | Problem,
): ApiRoute {
  return defineRoute({
    id: `${name}Group`,
    method: 'post',
    path: `/groups/{id}/${name}`,
    tag: 'groups',
    role: 'admin',
    params: byId,
    query: none,
    body,
    answers: { 200: groupWithPeopleSchema },
    problems: ['noSuchGroup', 'notHost', 'groupGone', 'groupChanged', ...problems],
    handle: (deps, call, caller) => carryOut(deps, call.params.id, what(call.body, deps.clock.now()), caller),
  });
}

async function carryOut(
  deps: ApiDeps,
  of: string,
  wanted: GroupChange | Problem,
  { by, event, repeated }: Caller,
): Promise<Outcome> {
  const group = await deps.db.groups.findOne({ _id: of });
  if (!group) return { problem: { code: 'noSuchGroup' } };
  if (repeated) return answer(deps, of, 200);
  if (!(await mayCall(deps, by, group))) return { problem: { code: 'notHost' } };
  if ('code' in wanted) return { problem: wanted };
  if (group.cancelled !== undefined) return { problem: { code: 'groupGone' } };
  const done = await deps.groups.change(of, group.version, wanted, by, event);
  return done.ok ? answer(deps, of, 200) : { problem: { code: done.code, params: done.params } };
}

async function mayCall({ db }: ApiDeps, by: string, group: Group): Promise<boolean> {
  if (isService(by)) return true;
  const member = await db.members.findOne({ _id: by });
  return member !== null && mayChange(member, group);
}

async function answer({ db }: ApiDeps, of: string, status: number): Promise<Outcome> {
  const facts = await readGroup(db, of);
  if (!facts) return { problem: { code: 'noSuchGroup' } };
  return { status, body: groupWithPeopleView(facts) };
}

/** Into a group, from an application: asked, or seated at once because it was agreed already. */
const join = defineRoute({
  id: 'groupApplication',
  method: 'post',
  path: '/applications/{id}/group',
  tag: 'groups',
  role: 'admin',
  params: byId,
  query: none,
  body: z.strictObject({
    group: id,
    seat: z.boolean().default(false).meta({ description: 'api.field.seat' }),
  }),
  answers: { 200: applicationSchema },
  problems: [
    'noSuchApplication',
    'notAllowed',
    'groupGone',
    'alreadyInGroup',
    'wrongStage',
    'blacklisted',
    'continued',
    'cannotReach',
  ],
  handle: (deps, { params, body: { group, seat } }, caller) =>
    performAct(deps, params.id, caller, (base) => ({
      ...base,
      group,
      type: seat ? 'addToGroup' : 'inviteToGroup',
    })),
});

/** Group interviews and trainings, as the bot's `/groups` has them. */
export const groups: ApiRoute[] = [
  list,
  make,
  read,
  change('move', groupChanges.move, ['slotInPast'], ({ start }, now) =>
    fromIso(start) > now ? { start: fromIso(start) } : { code: 'slotInPast' },
  ),
  change('places', groupChanges.places, ['placesTaken'], (body) => body),
  change('message', groupChanges.message, [], (body) => body),
  change('cancel', none, [], (_body, now) => ({ cancelled: now })),
  join,
];
